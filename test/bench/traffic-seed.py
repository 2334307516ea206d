"""The algorithm that P2 is compared with: a compiled pattern for each line, exact quantiles from kept lists. Argument: the log."""
import collections
import heapq
import json
import re
import sys

LINE = re.compile(
    r'^(\S+) \S+ (\S+) \[([^\]]+)\] "(\S+) (\S+) [^"]*" (\d{3}) (\d+|-) "([^"]*)" "([^"]*)"(?: (\d+\.\d+))?$'
)
NUMBER = re.compile(r'/(?:\d+|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})(?=/|$)')

total = malformed = 0
time_sum = 0.0
hours = collections.Counter()
statuses = collections.Counter()
endpoints = collections.defaultdict(list)
slowest = []
recent = collections.deque(maxlen=100)
for line in open(sys.argv[1], encoding='utf-8', errors='replace'):
    match = LINE.match(line.rstrip('\n'))
    if not match:
        malformed += 1
        continue
    client, user, stamp, method, path, status, size, referrer, agent, seconds = match.groups()
    milliseconds = float(seconds or 0) * 1000
    total += 1
    time_sum += milliseconds
    hours[stamp[:14]] += 1
    statuses[status] += 1
    key = method + ' ' + NUMBER.sub('/:id', path.split('?', 1)[0])
    endpoints[key].append(milliseconds)
    if milliseconds >= 1000:
        if len(slowest) < 100:
            heapq.heappush(slowest, (milliseconds, total, key))
        elif milliseconds > slowest[0][0]:
            heapq.heapreplace(slowest, (milliseconds, total, key))
    recent.append((stamp, key, status, milliseconds))
json.dump(
    {
        'requests': total,
        'malformed': malformed,
        'meanMs': time_sum / max(total, 1),
        'byStatus': statuses,
        'byHour': hours,
        'endpoints': {
            key: (len(times), sum(times) / len(times), sorted(times)[int(len(times) * 0.9)])
            for key, times in endpoints.items()
        },
        'slowest': sorted(slowest, reverse=True),
        'recent': list(recent),
    },
    sys.stdout,
)
