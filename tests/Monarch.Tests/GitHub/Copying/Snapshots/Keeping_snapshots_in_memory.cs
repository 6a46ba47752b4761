using Monarch.Workers.GitHub.Copying.Snapshots;

namespace Monarch.Tests.GitHub.Copying.Snapshots;

public sealed class Keeping_snapshots_in_memory : SnapshotsSuite
{
    private protected override ISnapshots Snapshots { get; } = new InMemorySnapshots();
}
