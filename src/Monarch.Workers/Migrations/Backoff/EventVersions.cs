namespace Monarch.Workers.Migrations.Backoff;

/// <summary>How a saga numbers what it says, so that whoever hears it can tell what is newer.</summary>
static class EventVersions
{
    /// <summary>
    /// A Redis that forgot its last second takes a saga back, but not what the saga had said meanwhile. Wherever it may have
    /// happened, the numbers leap over what may have been said, or the end would count as old news.
    /// </summary>
    public const int Leap = 1000;
}
