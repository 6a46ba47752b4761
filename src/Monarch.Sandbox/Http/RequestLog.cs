using Monarch.Sandbox.Model;

namespace Monarch.Sandbox.Http;

/// <summary>Counts all requests, for <c>/admin/requests</c>.</summary>
sealed class RequestLog
{
    const int Capacity = 10_000;

    readonly Lock _lock = new();
    readonly Dictionary<string, Dictionary<int, long>> _kinds = [];
    readonly Dictionary<string, long> _violations = [];
    readonly SortedSet<string> _banned = [];
    readonly Queue<LoggedRequest> _latest = [];
    long _total,
        _creations,
        _whileLimited;
    int _inFlight,
        _highest;
    DateTimeOffset? _first,
        _last;

    public long Creations
    {
        get
        {
            lock (_lock)
            {
                return _creations;
            }
        }
    }

    public void Begin()
    {
        lock (_lock)
        {
            _highest = Math.Max(_highest, ++_inFlight);
        }
    }

    public void End()
    {
        lock (_lock)
        {
            _inFlight--;
        }
    }

    /// <param name="kind">The kind of the request.</param>
    /// <param name="status">The status of the answer; 0: no answer.</param>
    public void Count(string kind, int status)
    {
        lock (_lock)
        {
            _total++;
            if (!_kinds.TryGetValue(kind, out var statuses))
            {
                _kinds[kind] = statuses = [];
            }

            statuses[status] = statuses.GetValueOrDefault(status) + 1;
        }
    }

    public void Add(LoggedRequest request)
    {
        lock (_lock)
        {
            if (_latest.Count == Capacity)
            {
                _latest.Dequeue();
            }

            _latest.Enqueue(request);
        }
    }

    public IReadOnlyList<LoggedRequest> Latest()
    {
        lock (_lock)
        {
            return [.. _latest];
        }
    }

    public void CountCreation(DateTimeOffset at)
    {
        lock (_lock)
        {
            _creations++;
            _first ??= at;
            _last = at;
        }
    }

    public void CountRefusal(string limit, string login, bool whileLimited, bool banned)
    {
        lock (_lock)
        {
            if (whileLimited)
            {
                _whileLimited++;
            }
            else
            {
                _violations[limit] = _violations.GetValueOrDefault(limit) + 1;
            }

            if (banned)
            {
                _banned.Add(login);
            }
        }
    }

    public void Reset()
    {
        lock (_lock)
        {
            _kinds.Clear();
            _violations.Clear();
            _banned.Clear();
            _latest.Clear();
            _total = _creations = _whileLimited = 0;
            _highest = _inFlight;
            _first = _last = null;
        }
    }

    public RequestsView View()
    {
        lock (_lock)
        {
            return new RequestsView
            {
                Total = _total,
                ByKind = _kinds.ToDictionary(k => k.Key, k => (IReadOnlyDictionary<int, long>)new SortedDictionary<int, long>(k.Value)),
                HighestConcurrency = _highest,
                Creations = _creations,
                FirstCreation = _first,
                LastCreation = _last,
                Violations = new Dictionary<string, long>(_violations),
                RequestsWhileLimited = _whileLimited,
                Banned = [.. _banned],
            };
        }
    }
}
