using Monarch.Testing;
using Shouldly;
using Xunit;

namespace Monarch.IntegrationTests.Bench;

public sealed class Running_the_bench
{
    [Theory]
    [InlineData("throughput --runs 1 --targets 2 --issues 3", @"\| met \|[\s\S]*\| RabbitMQ and Redis")]
    [InlineData("growth --runs 1 --targets 2 --issues 2 3", @"\| met \|[\s\S]*\| 6 ")]
    [InlineData("sizing", @"\| 40 × 30 .* 2\.1 h \|")]
    [InlineData("limits --workers 1 --targets 4 --minute 200 --minutes 2 --hours 0 --no-hour", @"\| met \|[\s\S]*\| 80 in 0\.2 s \|")]
    public async Task Should_print_its_table(string arguments, string table)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "Monarch.Benchmarks.dll");
        await using var bench = await ChildProcess.StartAsync("dotnet", [program, .. arguments.Split(' ')]);

        (await bench.WaitForExitAsync()).ShouldBe(0, bench.Output);

        bench.Output.ShouldMatch(table);
    }
}
