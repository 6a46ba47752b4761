using Monarch.Contracts.Migrations;
using Monarch.Testing;
using Shouldly;
using Xunit;

namespace Monarch.IntegrationTests.Journeys;

/// <summary>
/// As a provider runs it: TLS with a private authority, and an ACL user with exactly the rights that docs/operations.md lists.
/// </summary>
public sealed class Using_a_managed_Redis
{
    const string Password = "p@ss/w%rd";
    const string EncodedPassword = "p%40ss%2Fw%25rd";

    [Fact]
    public async Task Should_migrate_over_TLS_with_exactly_the_documented_rights()
    {
        using var authority = new TestAuthority();
        using var directory = new TemporaryDirectory();
        await File.WriteAllTextAsync(directory["ca.pem"], authority.Pem, CurrentTest.Token);
        await using var fleet = await Fleet.StartAsync(
            issues: 30,
            redis: new() { Authority = authority, User = DocumentedRule.With(Password) }
        );
        foreach (var key in new[] { "VALKEY_HOST", "VALKEY_PORT", "VALKEY_DB" })
        {
            fleet.Settings.Remove(key);
        }

        fleet.Settings["VALKEY_URL"] = $"rediss://monarch:{EncodedPassword}@localhost:{fleet.Redis.TlsPort}/0";
        fleet.Settings["VALKEY_TLS_CA"] = directory["ca.pem"];
        fleet.Settings["MONARCH_LOG_LEVEL"] = "Debug";
        var teams = fleet.SeedTeams(2);
        var (serve, web) = await fleet.StartAsync("serve");

        await fleet.PublishAsync(Fleet.Message(teams));
        await fleet.PublishAsync("not even JSON");
        var ended = (await fleet.EndedAsync(web!, 1)).ShouldHaveSingleItem();

        (await fleet.CliAsync("ACL", "LOG")).ShouldBe("", "the server refused nothing");
        ended.Status.ShouldBe(BatchStatus.Completed, serve.Output);
        fleet.ShouldHoldTheSourceInOrder(teams);
        using var http = new HttpClient();
        (await http.GetStringAsync(new Uri(web!, "api/rejected"), CurrentTest.Token)).ShouldContain("not even JSON");
        await fleet.CredentialsAsync(web!);
        (await http.GetStringAsync(new Uri(web!, "api/processes"), CurrentTest.Token)).ShouldContain("serve");
        serve.Terminate();
        (await serve.WaitForExitAsync()).ShouldBe(0, serve.Output);
        (await fleet.CliAsync("ACL", "LOG")).ShouldBe("", "the server refused nothing");
        serve.Output.ShouldNotContain(Password);
        serve.Output.ShouldNotContain(EncodedPassword);
    }
}
