using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Monarch.Hosting;
using Monarch.Redis.Connection;
using Monarch.Redis.Outages;
using Monarch.Testing;
using Monarch.Tests.Cli;
using Shouldly;
using Xunit;
using static Monarch.IntegrationTests.CurrentTest;

namespace Monarch.IntegrationTests.Redis;

/// <summary>A server that is not suitable: the error at start names the setting and the remedy, and no secret.</summary>
public sealed class Refusing_a_Redis
{
    const string Password = "hunter2hunter2";

    [Fact]
    public async Task Should_name_each_forbidden_command()
    {
        await using var server = await RedisServer.StartAsync(new() { User = DocumentedRule.With(Password) });
        await using var redis = AsUser(server).Connect();
        var permissions = new RedisPermissions(
            redis,
            [new("channel_migrate_issue_tickets")],
            new(),
            Options.Create(new RedisOptions { WaitReplicas = 1 })
        );
        (await permissions.MissingAsync(Token)).ShouldBeEmpty();

        // Without PING no connection is possible; without CLIENT the connections have no name; SELECT is tested separately.
        foreach (var command in RedisPermissions.Commands.Except(["+ping", "+client|id", "+client|setname", "+select"]))
        {
            (await server.SendAsync($"ACL SETUSER monarch -{command[1..]}")).ShouldBe("+OK");
            (await permissions.MissingAsync(Token)).ShouldBe([command]);
            (await server.SendAsync($"ACL SETUSER monarch {command}")).ShouldBe("+OK");
        }

        (await permissions.MissingAsync(Token)).ShouldBeEmpty();
        await using var administrator = RedisDatabase.Of(server).Connect();
        var left = (string[])(await administrator.ExecuteAsync("KEYS", Token, "*"))!;
        left.ShouldAllBe(key => key.StartsWith("monarch:check:"));
        foreach (var key in left)
        {
            ((long)await administrator.ExecuteAsync("PTTL", Token, key)).ShouldNotBe(-1, "each is forgotten");
        }
    }

    [Fact]
    public async Task Should_not_require_log_rights_if_the_log_is_stored_elsewhere()
    {
        var user = $"{DocumentedRule.With(Password)} -memory|usage -xrange -xtrim";
        await using var server = await RedisServer.StartAsync(new() { User = user });
        await using var redis = AsUser(server).Connect();

        (await new RedisPermissions(redis, []).MissingAsync(Token)).ShouldBeEmpty();
        (await new RedisPermissions(redis, [], new()).MissingAsync(Token)).ShouldBe(["+memory|usage", "+xrange", "+xtrim"]);
    }

    [Fact]
    public async Task Should_require_the_right_to_WAIT_only_if_configured()
    {
        await using var server = await RedisServer.StartAsync(new() { User = $"{DocumentedRule.With(Password)} -wait" });
        using var host = TallyHost.Build(AsUser(server));
        await host.StartAsync(Token);
        await host.StopAsync(Token);

        (await FaultAsync(AsUser(server).With("VALKEY_WAIT_REPLICAS", "1"))).ShouldContain(": +wait. Grant them with ");
    }

    [Fact]
    public async Task Should_refuse_replica_waits_on_a_server_without_WAIT()
    {
        await using var server = await RedisServer.StartAsync(new() { Arguments = ["--rename-command", "WAIT", ""] });

        (await FaultAsync(RedisDatabase.Of(server).With("VALKEY_WAIT_REPLICAS", "1"))).ShouldStartWith(
            $"VALKEY_WAIT_REPLICAS is 1, but 127.0.0.1:{server.Port}/0 refuses WAIT: ERR unknown command"
        );
    }

    [Theory]
    [InlineData("-evalsha", "+evalsha")]
    [InlineData("-evalsha -xadd -time", "+evalsha +time +xadd")]
    [InlineData("-set -get", "+get +set")]
    [InlineData("-select", "+select")]
    [InlineData("resetkeys ~other:*", "~monarch:*")]
    [InlineData("resetchannels &other:*", "&monarch:*")]
    public async Task Should_name_the_rule_for_the_missing_rights(string taken, string missing)
    {
        await using var server = await RedisServer.StartAsync(new() { User = $"{DocumentedRule.With(Password)} {taken}" });

        var fault = await FaultAsync(AsUser(server));

        fault.ShouldBe(
            $"VALKEY_USER logs in as the user 'monarch', which lacks rights at 127.0.0.1:{server.Port}/0: {missing}. "
                + $"Grant them with ACL SETUSER monarch {missing}; docs/operations.md lists all required rights."
        );
    }

    [Fact]
    public async Task Should_exit_with_78_and_one_line_when_a_right_is_missing()
    {
        await using var server = await RedisServer.StartAsync(
            new() { User = $"{DocumentedRule.With(Password)} -evalsha resetchannels &monarch:*" }
        );

        var run = await CliRun.OfAsync(
            "serve",
            "GH_PAT=token",
            "WEB_PORT=0",
            "PROMETHEUS_PORT=0",
            "MONARCH_LOG_LEVEL=None",
            $"VALKEY_URL=redis://monarch:{Password}@127.0.0.1:{server.Port}"
        );

        run.ExitCode.ShouldBe(ExitCodes.Config, run.Output);
        run.Lines.ShouldHaveSingleItem()
            .ShouldStartWith(
                $"monarch: VALKEY_URL logs in as the user 'monarch', which lacks rights at 127.0.0.1:{server.Port}/0: &channel_migrate_issue_tickets +evalsha. Grant them with "
            );
    }

    [Theory]
    [InlineData("-evalsha", "+evalsha")]
    [InlineData("resetchannels &monarch:*", "&channel_migrate_issue_tickets")]
    public async Task Should_exit_with_78_when_a_late_server_is_not_suitable(string taken, string missing)
    {
        await using var server = await RedisServer.StartAsync(new() { User = $"{DocumentedRule.With(Password)} {taken}" });
        await server.KillAsync();
        await using var serve = await MonarchProcess.StartAsync(
            ["serve"],
            new Dictionary<string, string>
            {
                ["GH_PAT"] = "token",
                ["WEB_PORT"] = "0",
                ["PROMETHEUS_PORT"] = "0",
                ["VALKEY_URL"] = $"redis://monarch:{Password}@127.0.0.1:{server.Port}",
                ["VALKEY_TIMEOUT"] = "1",
            }
        );
        await serve.WaitForOutputAsync("Starting without Redis");

        await server.RestartAsync();

        (await serve.WaitForExitAsync()).ShouldBe(ExitCodes.Config, serve.Output);
        serve.Output.ShouldContain($"Grant them with ACL SETUSER monarch {missing};");
        serve.Output.ShouldNotContain(Password);
    }

    [Fact]
    public async Task Should_refuse_a_wrong_password_of_a_user()
    {
        await using var server = await RedisServer.StartAsync(new() { User = DocumentedRule.With("another") });

        (await FaultAsync(AsUser(server))).ShouldBe(
            $"VALKEY_PASSWORD is refused by 127.0.0.1:{server.Port}/0 for the user 'monarch'. Set that user's password."
        );
    }

    [Fact]
    public async Task Should_be_unready_and_count_as_an_outage_while_rights_are_missing()
    {
        await using var server = await RedisServer.StartAsync(new() { User = DocumentedRule.With(Password) });
        using var host = TallyHost.Build(AsUser(server));
        await host.StartAsync(Token);
        var redis = host.Services.GetRequiredService<RedisConnection>();
        (await HealthAsync(host)).Status.ShouldBe(HealthStatus.Healthy);

        await server.SendAsync("ACL SETUSER monarch -evalsha -eval -set");
        await Should.ThrowAsync<RedisUnavailableException>(() => redis.EvaluateAsync("return 1", [], [], Token));
        (await HealthAsync(host)).Description!.ShouldContain("Grant them with ACL SETUSER monarch +set;");

        await server.SendAsync("ACL SETUSER monarch +evalsha +eval");
        await Should.ThrowAsync<RedisUnavailableException>(() =>
            redis.EvaluateAsync("return redis.call('SET', KEYS[1], '')", ["monarch:test"], [], Token)
        );

        await server.SendAsync("ACL SETUSER monarch +set >another <" + Password);
        await redis.EvaluateAsync("return 1", [], [], Token);
        (await HealthAsync(host)).Description!.ShouldStartWith("VALKEY_PASSWORD is refused by");
        await host.StopAsync(Token);
    }

    [Fact]
    public async Task Should_be_unready_while_the_server_is_out_of_memory()
    {
        await using var server = await RedisServer.StartAsync();
        using var host = TallyHost.Build(RedisDatabase.Of(server));
        await host.StartAsync(Token);

        await server.SendAsync("CONFIG SET maxmemory 1");
        (await HealthAsync(host)).Description!.ShouldContain("OOM");

        await server.SendAsync("CONFIG SET maxmemory 0");
        (await HealthAsync(host)).Status.ShouldBe(HealthStatus.Healthy);
        await host.StopAsync(Token);
    }

    // A node without slots answers CLUSTERDOWN to every command on keys, as does a node of a failed cluster; but this is no temporary
    // outage.
    [Theory]
    [InlineData("all slots", "0")]
    [InlineData("no slots", "0")]
    [InlineData("all slots", "1")]
    public async Task Should_refuse_a_Redis_Cluster(string slots, string database)
    {
        await using var server = await RedisServer.StartAsync(
            new() { Arguments = ["--databases", "1", "--cluster-enabled", "yes", "--cluster-port", $"{FreePort.Next()}"] }
        );
        if (slots == "all slots")
        {
            (await server.SendAsync("CLUSTER ADDSLOTSRANGE 0 16383")).ShouldBe("+OK");
        }

        (await FaultAsync(RedisDatabase.Of(server).With("VALKEY_DB", database))).ShouldBe(
            "VALKEY_HOST names a Redis Cluster, which is not supported. Use a server without cluster mode, standalone or with Sentinel."
        );
    }

    [Fact]
    public async Task Should_refuse_sentinels_with_an_untrusted_certificate()
    {
        using var authority = new TestAuthority();
        // It is never queried: the handshake fails first.
        await using var sentinel = await RedisServer.StartAsync(new() { Authority = authority });
        var place = new RedisDatabase(0)
        {
            Settings = new Dictionary<string, string>
            {
                ["VALKEY_SENTINELS"] = $"localhost:{sentinel.TlsPort}",
                ["VALKEY_SERVICE"] = "school",
                ["VALKEY_TLS"] = "true",
            },
        };

        (await FaultAsync(place)).ShouldStartWith($"VALKEY_TLS requires TLS, which failed with school of localhost:{sentinel.TlsPort}/0: ");
    }

    [Fact]
    public async Task Should_refuse_an_unknown_database()
    {
        await using var server = await RedisServer.StartAsync();

        (await FaultAsync(RedisDatabase.Of(server).With("VALKEY_DB", "128"))).ShouldStartWith(
            $"VALKEY_DB selects database 128, which 127.0.0.1:{server.Port}/128 refuses: ERR DB index is out of range. Select an existing"
        );
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Should_refuse_an_untrusted_certificate(bool hasAnotherAuthority)
    {
        using var authority = new TestAuthority();
        using var directory = new TemporaryDirectory();
        using var another = new TestAuthority();
        await File.WriteAllTextAsync(directory["ca.pem"], another.Pem, Token);
        await using var server = await RedisServer.StartAsync(new() { Authority = authority });
        var place = OverTls(server, "localhost");

        var fault = await FaultAsync(hasAnotherAuthority ? place.With("VALKEY_TLS_CA", directory["ca.pem"]) : place);

        fault.ShouldStartWith($"VALKEY_TLS requires TLS, which failed with localhost:{server.TlsPort}/0: ");
        fault.ShouldContain("Set VALKEY_TLS_CA to the PEM file of the authority");
    }

    [Fact]
    public async Task Should_refuse_a_certificate_for_another_name()
    {
        using var authority = new TestAuthority();
        using var directory = new TemporaryDirectory();
        await File.WriteAllTextAsync(directory["ca.pem"], authority.Pem, Token);
        await using var server = await RedisServer.StartAsync(new() { Authority = authority });

        (await FaultAsync(OverTls(server, "127.0.0.1").With("VALKEY_TLS_CA", directory["ca.pem"]))).ShouldContain(
            "name the server as the certificate does"
        );

        using var host = TallyHost.Build(OverTls(server, "localhost").With("VALKEY_TLS_CA", directory["ca.pem"]));
        await host.StartAsync(Token);
        (await HealthAsync(host)).Status.ShouldBe(HealthStatus.Healthy);
        await host.StopAsync(Token);
    }

    [Fact]
    public async Task Should_refuse_a_service_that_the_sentinels_do_not_know()
    {
        await using var server = await RedisServer.StartAsync();
        await using var sentinel = await RedisSentinel.StartAsync("school", server);

        (await FaultAsync(Of(sentinel, "scool"))).ShouldBe(
            $"VALKEY_SERVICE is 'scool', which no responding sentinel at 127.0.0.1:{sentinel.Port} knows. Set it to the name in their \"sentinel monitor\" line."
        );

        await using var redis = Of(sentinel, "school").Connect();
        await redis.RunAsync(x => x.StringSetAsync("a", "b"), Token);
        (await server.SendAsync("EXISTS a")).ShouldBe(":1");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("guess")]
    public async Task Should_refuse_a_wrong_password_of_the_sentinels(string? password)
    {
        await using var server = await RedisServer.StartAsync();
        await using var sentinel = await RedisSentinel.StartAsync("school", server, Password);
        var place = Of(sentinel, "school");

        (await FaultAsync(password is null ? place : place.With("VALKEY_SENTINEL_PASSWORD", password))).ShouldBe(
            $"VALKEY_SENTINEL_PASSWORD is refused by the sentinels at 127.0.0.1:{sentinel.Port}. Set it to their requirepass, or leave it out if they have none."
        );

        await using var redis = place.With("VALKEY_SENTINEL_PASSWORD", Password).Connect();
        await redis.ConnectAsync(Token);
    }

    static async Task<HealthReportEntry> HealthAsync(IHost host) =>
        (await host.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync(Token)).Entries["redis"];

    static RedisDatabase AsUser(RedisServer server) =>
        RedisDatabase.Of(server).With("VALKEY_USER", "monarch").With("VALKEY_PASSWORD", Password);

    static RedisDatabase OverTls(RedisServer server, string host) =>
        RedisDatabase.Of(server).With("VALKEY_HOST", host).With("VALKEY_PORT", $"{server.TlsPort}").With("VALKEY_TLS", "true");

    static RedisDatabase Of(RedisSentinel sentinel, string service) =>
        new(sentinel.Port)
        {
            Settings = new Dictionary<string, string> { ["VALKEY_SENTINELS"] = $"127.0.0.1:{sentinel.Port}", ["VALKEY_SERVICE"] = service },
        };

    static async Task<string> FaultAsync(RedisDatabase place)
    {
        using var host = TallyHost.Build(place.With("VALKEY_TIMEOUT", "10"));
        var fault = (await Should.ThrowAsync<OptionsValidationException>(() => host.StartAsync(Token))).Failures.ShouldHaveSingleItem();
        fault.ShouldNotContain(Password);
        return fault;
    }
}
