using System.Diagnostics.Metrics;
using Monarch.Testing;
using Monarch.Tests.Hosting;
using Shouldly;
using Xunit;

namespace Monarch.IntegrationTests.Telemetry;

public sealed class Being_scraped_by_Prometheus
{
    [Fact]
    public async Task Should_be_up_and_identify_itself()
    {
        await using var host = await TestHost.StartAsync();
        // A separate meter: the exporter merges meters of the same name, also those of other hosts in this process.
        using var meter = new Meter("Monarch.Tests.Scraped");
        meter.CreateCounter<long>("monarch.tests.scraped", "{scrape}", "Scrapes").Add(3);
        await using var prometheus = await Prometheus.StartAsync(("serve", host.Metrics.BaseAddress!.Port));

        await Until.TrueAsync(
            async () => await prometheus.QueryAsync("up") is ["1"],
            "the scrape is taken",
            state: () => prometheus.Output
        );

        (await prometheus.QueryAsync("target_info{service_name=\"monarch-serve\"}")).ShouldBe(["1"]);
        (await prometheus.QueryAsync("monarch_tests_scraped_total{otel_scope_name=\"Monarch.Tests.Scraped\"}")).ShouldBe(["3"]);
    }
}
