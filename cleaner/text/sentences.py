"""What ends a sentence, in any script; parts of classes of characters, for whoever looks for the end of one."""

STOPS = ".!?…。！？।؟۔"
CLOSING = r"\"'”’»)\]*_"  # what may stand behind: quotation marks, brackets, Markdown's marks
