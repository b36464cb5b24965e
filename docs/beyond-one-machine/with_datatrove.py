"""JSON lines below one folder, cleaned to another by datatrove: with_datatrove.py SEEDS CLEANED [TASKS].

Its Slurm and Ray executors take the same pipeline. The removals stand in each line's metadata.
"""

import sys

from datatrove.executor import LocalPipelineExecutor
from datatrove.pipeline.readers import JsonlReader
from datatrove.pipeline.writers import JsonlWriter

from cleaner.adapters.datatrove import Clean

if __name__ == "__main__":
    seeds, cleaned, *tasks = sys.argv[1:]
    LocalPipelineExecutor(
        [JsonlReader(seeds), Clean({"profile": "standard"}), JsonlWriter(cleaned, compression=None)],
        tasks=int(tasks[0]) if tasks else 1,
        logging_dir=f"{cleaned}/logs",
    ).run()
