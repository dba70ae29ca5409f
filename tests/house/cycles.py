#!/usr/bin/env python3
"""cycles.py ROOT: fails if files, or folders, include each other in a circle."""

import os
import sys

import source_tree


def a_cycle(graph):
    """One circle of `graph` (node -> set of nodes) as a list that ends where it begins, or None."""
    done = set()
    for start in sorted(graph):
        trail, waiting = [], [(start, iter(sorted(graph.get(start, ()))))]
        if start in done:
            continue
        trail.append(start)
        while waiting:
            node, rest = waiting[-1]
            following = next(rest, None)
            if following is None:
                waiting.pop()
                trail.pop()
                done.add(node)
            elif following in trail:
                return trail[trail.index(following) :] + [following]
            elif following not in done:
                trail.append(following)
                waiting.append((following, iter(sorted(graph.get(following, ())))))
    return None


def file_graph(root):
    graph = {}
    for path in source_tree.sources(root):
        names = {name for _, quoted, name in source_tree.includes(source_tree.read(root, path)) if quoted}
        graph[path] = {name for name in names if os.path.isfile(os.path.join(root, name))}
    return graph


def folder_graph(files):
    graph = {}
    for path, included in files.items():
        folder = os.path.dirname(path)
        graph.setdefault(folder, set()).update(
            os.path.dirname(name) for name in included if os.path.dirname(name) != folder
        )
    return graph


def problems(root):
    """(problems, number of files looked at)"""
    files = file_graph(root)
    found = []
    for what, graph in (("files", files), ("folders", folder_graph(files))):
        cycle = a_cycle(graph)
        if cycle:
            found.append(f"{what} include each other: {' -> '.join(cycle)}")
    return found, len(files)


if __name__ == "__main__":
    sys.exit(source_tree.report("files", *problems(sys.argv[1])))
