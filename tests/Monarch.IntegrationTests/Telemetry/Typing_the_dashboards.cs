using Monarch.Testing;
using Monarch.Tests.Observability;
using Shouldly;
using Xunit;
using static Monarch.IntegrationTests.CurrentTest;

namespace Monarch.IntegrationTests.Telemetry;

/// <summary>Grafana cannot run here; its published types define the contents of a dashboard.</summary>
public sealed class Typing_the_dashboards
{
    [Fact]
    public async Task Should_satisfy_the_types_of_Grafana()
    {
        using var folder = await NpmFolder.InstallAsync(Repository.PathOf("tests", "Monarch.IntegrationTests", "Telemetry", "grafana"));
        foreach (var name in Dashboards.Names)
        {
            var json = await File.ReadAllTextAsync(Repository.PathOf("deploy", "observability", "grafana", "dashboards", name), Token);
            await File.WriteAllTextAsync(
                folder[$"{Path.GetFileNameWithoutExtension(name)}.ts"],
                $"import type {{ DashboardJson }} from './dashboard'; export default {json.TrimEnd()} satisfies DashboardJson;",
                Token
            );
        }

        await using var compiler = await ChildProcess.StartAsync("node", ["node_modules/typescript/bin/tsc"], directory: folder.Path);

        (await compiler.WaitForExitAsync()).ShouldBe(0, compiler.Output);
    }
}
