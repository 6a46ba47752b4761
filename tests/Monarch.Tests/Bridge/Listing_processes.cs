using System.Text.Json;
using Shouldly;
using Xunit;

namespace Monarch.Tests.Bridge;

public sealed class Listing_processes
{
    [Fact]
    public async Task Should_list_the_only_process_without_Redis()
    {
        await using var host = await BridgeHost.ServeAsync();

        var list = JsonDocument
            .Parse(await host.Web.GetByteArrayAsync("/api/processes", TestContext.Current.CancellationToken))
            .RootElement;

        var process = list.GetProperty("processes").EnumerateArray().ShouldHaveSingleItem();
        process.GetProperty("role").GetString().ShouldBe("serve");
        process.GetProperty("host").GetString().ShouldBe(Environment.MachineName);
        process.GetProperty("processId").GetInt32().ShouldBe(Environment.ProcessId);
        process.GetProperty("seenAt").GetDateTimeOffset().ShouldBeGreaterThan(process.GetProperty("startedAt").GetDateTimeOffset());
    }
}
