using Monarch.Workers.GitHub.Snapshots;

namespace Monarch.Tests.GitHub.Snapshots;

public sealed class Keeping_snapshots_in_memory : SnapshotsSuite
{
    private protected override ISnapshots Snapshots { get; } = new InMemorySnapshots();
}
