namespace Monarch.Sandbox.GitHub.References;

/// <summary>Which issues are mentioned by which others, as GitHub shows in the timeline of the mentioned ones. Thread-safe.</summary>
sealed class ReferenceIndex
{
    readonly Lock _lock = new();
    readonly Dictionary<long, List<long>> _sources = [];

    /// <summary>The ids of the issues that mention an issue, in the order of their first mention.</summary>
    public IReadOnlyList<long> SourcesOf(long issue)
    {
        lock (_lock)
        {
            return _sources.TryGetValue(issue, out var sources) ? [.. sources] : [];
        }
    }

    public void Add(long issue, long source)
    {
        lock (_lock)
        {
            if (!_sources.TryGetValue(issue, out var sources))
            {
                _sources[issue] = sources = [];
            }

            if (issue != source && !sources.Contains(source))
            {
                sources.Add(source);
            }
        }
    }

    public void Clear()
    {
        lock (_lock)
        {
            _sources.Clear();
        }
    }
}
