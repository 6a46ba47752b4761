using System.Text;
using Monarch.Workers.Archive.Events;
using Monarch.Workers.Archive.Filing.Files;
using Shouldly;
using Xunit;

namespace Monarch.Tests.Archive;

public sealed class Appending_to_a_segment
{
    [Fact]
    public void Should_write_each_event_once_after_appends_that_wrote_nothing()
    {
        var disk = new SimulatedFiles();
        var replica = new Replica(disk, FakeTime.New(), new() { Layout = "segments" }).Start();
        List<PendingEvent> batch = [.. new[] { "1", null }.Select(id => Replica.Prepare(Replica.Message(id, """{"n":1}""")))];

        for (var attempt = 0; attempt < 3; attempt++)
        {
            disk.Refusal = new("No space left on device");
            Should.Throw<ArchiveFolderException>(() => replica.Deliver(batch));
            disk.Refusal = null;
            replica.Reopen();
        }

        replica.Deliver(batch);

        Encoding.UTF8.GetString(disk.Filed.ShouldHaveSingleItem().Value).Count(x => x == '\n').ShouldBe(2);
    }
}
