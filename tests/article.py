"""An article for tests of threads: six paragraphs in which nobody talks."""

PARAGRAPHS = [
    (
        "The ferry across the lower lake stopped running on Friday, and nobody at the harbour office could say when it would sail "
        "again. The boat is thirty-one years old, and its engine was last looked at in the autumn before the flood."
    ),
    (
        "Farmers on the far bank now drive forty kilometres around the water to bring their milk to the dairy. The dairy sent a "
        "second lorry on Saturday, but the road over the pass was closed by snow for most of the afternoon."
    ),
    (
        "The county bought the ferry from a company in Norway and has run it without subsidies ever since. Last year it carried "
        "eighty thousand passengers and nine thousand cars, more than in any year since the bridge was given up."
    ),
    (
        "A spokesman said that spare parts had been ordered from a yard in Gdansk and would take at least three weeks to arrive. "
        "Until then a smaller boat would carry people on foot, as far as the wind allowed it to leave the pier at all."
    ),
    (
        "Members of the council asked on Monday why no money had been put aside for a new boat. The treasurer answered that the "
        "reserve had gone into the repair of the school roof, which had been decided by the whole council in the spring."
    ),
    (
        "The mayor of the far bank called the answer a disgrace. Her village has no doctor, no chemist and no school of its own, "
        "and in winter the ferry is the only way to reach one within the hour that the law provides for in such cases."
    ),
]
ARTICLE = "Ferry stands still\n\n" + "\n\n".join(PARAGRAPHS) + "\n\n"
