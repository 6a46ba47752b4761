using Monarch.Contracts.Migrations;
using Monarch.Sandbox.Model;
using Shouldly;
using Xunit;

namespace Monarch.Tests.Journeys;

/// <summary>An Enterprise Server from before sub-issues, dependencies and issue types.</summary>
public sealed class Copying_to_an_older_server : JourneyTest
{
    protected override SandboxOptions Options => new() { OlderEnterpriseServer = true };

    [Fact]
    public async Task Should_copy_what_the_server_offers()
    {
        Sandbox.Seed(
            new()
            {
                FullName = Source,
                Issues =
                [
                    new()
                    {
                        Title = "a",
                        Body = "See #2",
                        Labels = ["bug"],
                    },
                    new() { Title = "b" },
                ],
            }
        );
        Sandbox.Seed(new() { FullName = "teams/n1" });
        await StartAsync();
        var view = await MigrateAsync(Teams(1));

        (view.Status, view.Repositories![0].Notes.Count).ShouldBe((BatchStatus.Completed, 0));
        var copy = Sandbox.Repository("teams/n1").Issues![0];
        copy.Labels.ShouldBe(["bug"]);
        copy.Body!.ShouldStartWith("See #2\n");
    }
}
