using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Monarch.Redis;
using Monarch.Redis.Connection;
using Monarch.Testing;
using Shouldly;
using Xunit;

namespace Monarch.Tests.Redis;

public sealed class Configuring_redis
{
    [Theory]
    [InlineData("VALKEY_HOST", "redis://localhost", "set the port in VALKEY_PORT")]
    [InlineData("VALKEY_HOST", "localhost:6379", "set the port in VALKEY_PORT")]
    [InlineData("VALKEY_PORT", "0", "from 1 to 65535")]
    [InlineData("VALKEY_PORT", "65536", "from 1 to 65535")]
    [InlineData("VALKEY_DB", "-1", "from 0 up")]
    [InlineData("VALKEY_TIMEOUT", "0", "at most 300")]
    [InlineData("VALKEY_TIMEOUT", "301", "at most 300")]
    [InlineData("VALKEY_WAIT_REPLICAS", "-1", "0 to 10")]
    [InlineData("VALKEY_WAIT_REPLICAS", "11", "0 to 10")]
    public void Should_name_key_value_and_remedy_of_a_bad_setting(string key, string value, string remedy)
    {
        var fault = Should.Throw<OptionsValidationException>(() => Options((key, value))).Failures.ShouldHaveSingleItem();
        fault.ShouldContain(key);
        fault.ShouldContain(value);
        fault.ShouldContain(remedy);
    }

    [Fact]
    public void Should_report_all_errors_together() =>
        Should.Throw<OptionsValidationException>(() => Options(("VALKEY_PORT", "0"), ("VALKEY_DB", "-1"))).Failures.Count().ShouldBe(2);

    [Theory]
    [InlineData("http://user:hunter2hunter2@host", "its scheme is 'http'")]
    [InlineData("redis:host", "it has no scheme")]
    [InlineData("redis://user:hunter2@hunter2@host", "its user or password contains an unescaped @, /, ? or #")]
    [InlineData("redis://user:hunter2%hunter2@host", "its user or password contains an unescaped %")]
    [InlineData("redis://user:hunter2hunter2@host:x", "its port is not a number from 1 to 65535")]
    [InlineData("redis://user:hunter2hunter2@host/first", "the part after its host is not the number of a database")]
    [InlineData("redis://user:hunter2hunter2@host/0/1", "the part after its host is not the number of a database")]
    [InlineData("rediss://user:hunter2hunter2@host?ssl_cert_reqs=none", "it has a query")]
    [InlineData("redis://hunter2hunter2@host", "it has a user without a password; a password alone is written as redis://:password@host")]
    public void Should_report_an_invalid_URL_without_its_secret(string url, string problem)
    {
        var fault = Fault(("VALKEY_URL", url));

        fault.ShouldStartWith($"VALKEY_URL is not the URL of a Redis: {problem}");
        fault.ShouldContain("Set it to redis://user:password@host:6379/0, or rediss:// for TLS; percent-encode");
        fault.ShouldNotContain("hunter2");
    }

    [Theory]
    [InlineData("VALKEY_HOST", "other", "VALKEY_HOST is 'other', but VALKEY_URL is set, which replaces it.")]
    [InlineData("VALKEY_PORT", "6379", "VALKEY_PORT is '6379', but VALKEY_URL is set, which replaces it.")]
    [InlineData("VALKEY_DB", "0", "VALKEY_DB is '0', but VALKEY_URL is set, which replaces it.")]
    [InlineData("VALKEY_USER", "someone", "VALKEY_USER is 'someone', but VALKEY_URL is set, which replaces it.")]
    [InlineData("VALKEY_PASSWORD", "hunter2", "VALKEY_PASSWORD is set (its value is not shown), but VALKEY_URL is set, which replaces it.")]
    [InlineData("VALKEY_TLS", "true", "VALKEY_TLS is 'True', but VALKEY_URL is set, which replaces it.")]
    public void Should_refuse_settings_that_the_URL_replaces(string key, string value, string expected)
    {
        var fault = Fault(("VALKEY_URL", "redis://host"), (key, value));

        fault.ShouldStartWith(expected);
        fault.ShouldContain("Leave out one of them.");
        fault.ShouldNotContain("hunter2");
    }

    [Theory]
    [InlineData("VALKEY_SENTINELS=a:26379 VALKEY_SERVICE=school VALKEY_HOST=b", "VALKEY_HOST is 'b', but VALKEY_SENTINELS is set")]
    [InlineData("VALKEY_SENTINELS=a:26379 VALKEY_SERVICE=school VALKEY_PORT=6379", "VALKEY_PORT is '6379', but VALKEY_SENTINELS is set")]
    [InlineData(
        "VALKEY_SENTINELS=a:26379 VALKEY_SERVICE=school VALKEY_URL=redis://b",
        "VALKEY_SENTINELS is 'a:26379', but VALKEY_URL is set"
    )]
    [InlineData("VALKEY_SENTINELS=a:26379", "VALKEY_SERVICE is not set, but VALKEY_SENTINELS is 'a:26379'. Set it to the name")]
    [InlineData(
        "VALKEY_SENTINELS=a:0,b VALKEY_SERVICE=school",
        "VALKEY_SENTINELS is 'a:0,b', which is not a list of sentinels: its port is not a number"
    )]
    [InlineData("VALKEY_SENTINELS=, VALKEY_SERVICE=school", "VALKEY_SENTINELS is ',', which is not a list of sentinels: it names none")]
    [InlineData(
        "VALKEY_SENTINELS=a/1 VALKEY_SERVICE=school",
        "VALKEY_SENTINELS is 'a/1', which is not a list of sentinels: it contains more than hosts and ports"
    )]
    [InlineData(
        "VALKEY_SENTINELS=:hunter2@a VALKEY_SERVICE=school",
        "VALKEY_SENTINELS is set (its value is not shown, it may hold a password), which is not a list"
    )]
    [InlineData(
        "VALKEY_HOST=redis://:hunter2@a",
        "VALKEY_HOST is set (its value is not shown, it may hold a password), which is not a host name."
    )]
    [InlineData("VALKEY_SERVICE=school", "VALKEY_SERVICE is set, but VALKEY_SENTINELS is not. Set VALKEY_SENTINELS to")]
    [InlineData(
        "VALKEY_HOST=a VALKEY_SENTINEL_PASSWORD=hunter2",
        "VALKEY_SENTINEL_PASSWORD is set, but VALKEY_SENTINELS is not. Set VALKEY_SENTINELS to"
    )]
    public void Should_report_invalid_sentinel_settings(string settings, string expected)
    {
        var fault = Fault([.. settings.Split(' ').Select(x => x.Split('=', 2)).Select(x => (x[0], (string?)x[1]))]);

        fault.ShouldStartWith(expected);
        fault.ShouldNotContain("hunter2");
    }

    [Theory]
    [InlineData(
        "VALKEY_HOST=localhost VALKEY_PORT=7000 VALKEY_DB=2 VALKEY_USER=monarch VALKEY_PASSWORD=secret VALKEY_TLS=true",
        "localhost:7000/2",
        "monarch secret True"
    )]
    [InlineData("VALKEY_URL=redis://localhost", "localhost:6379/0", "  False")]
    [InlineData("VALKEY_URL=rediss://monarch:s%40cret@10.0.0.7:7000/2", "10.0.0.7:7000/2", "monarch s@cret True")]
    [InlineData(
        "VALKEY_SENTINELS=a,b:7000 VALKEY_SERVICE=school VALKEY_DB=2 VALKEY_PASSWORD=secret",
        "school of a:26379,b:7000/2",
        " secret False"
    )]
    public void Should_read_every_form_of_the_address(string settings, string server, string login)
    {
        var options = Options([.. settings.Split(' ').Select(x => x.Split('=', 2)).Select(x => (x[0], (string?)x[1]))]);

        var address = RedisAddress.Of(options);
        $"{address.User} {address.Password} {address.Tls}".ShouldBe(login);
        options.ToString().ShouldBe(server);
        options.IsConfigured.ShouldBeTrue();
    }

    [Theory]
    [InlineData("missing", "which cannot be read: ")]
    [InlineData("no PEM", "which contains no certificate in PEM format.")]
    [InlineData("server", "whose certificate, CN=localhost, is not that of an authority.")]
    [InlineData("two", "which contains 2 certificates.")]
    [InlineData("authority", null)]
    public void Should_check_the_file_of_the_authority(string content, string? problem)
    {
        using var directory = new TemporaryDirectory();
        using var authority = new TestAuthority();
        var path = directory["ca.pem"];
        var text = content switch
        {
            "no PEM" => "hunter2",
            "server" => authority.IssuePem("localhost").Certificate,
            "two" => authority.Pem + authority.Pem,
            _ => authority.Pem,
        };
        if (content != "missing")
        {
            File.WriteAllText(path, text);
        }

        var faults = Faults(("VALKEY_URL", "rediss://localhost"), ("VALKEY_TLS_CA", path));

        if (problem is null)
        {
            faults.ShouldBeEmpty();
            return;
        }
        faults.ShouldHaveSingleItem().ShouldStartWith($"VALKEY_TLS_CA is '{path}', {problem}");
        faults[0].ShouldEndWith("Give the path of a PEM file with the one certificate of the authority that signed the server's.");
        faults[0].ShouldNotContain("hunter2");
    }

    [Fact]
    public void Should_refuse_an_authority_without_TLS()
    {
        using var directory = new TemporaryDirectory();
        using var authority = new TestAuthority();
        File.WriteAllText(directory["ca.pem"], authority.Pem);

        Fault(("VALKEY_HOST", "localhost"), ("VALKEY_TLS_CA", directory["ca.pem"]))
            .ShouldContain("but connections are not encrypted. Set VALKEY_TLS to true");
    }

    [Theory]
    [InlineData("localhost")]
    [InlineData("10.0.0.7")]
    [InlineData("::1")]
    [InlineData("redis-master.school.svc")]
    public void Should_accept_names_and_addresses(string host) => Options(("VALKEY_HOST", host)).IsConfigured.ShouldBeTrue();

    [Theory]
    [InlineData("VALKEY_HOST", "localhost")]
    [InlineData("VALKEY_URL", "redis://localhost")]
    [InlineData("VALKEY_SENTINELS", "localhost")]
    public void Should_be_configured_by_any_form_of_the_address(string key, string value) =>
        Services((key, value), ("VALKEY_SERVICE", key == "VALKEY_SENTINELS" ? "school" : null))
            .GetService<RedisConnection>()
            .ShouldNotBeNull();

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" ")]
    public void Should_not_use_Redis_without_a_host(string? host)
    {
        var services = Services(("VALKEY_HOST", host));
        services.GetService<RedisConnection>().ShouldBeNull();
        services.GetRequiredService<IOptions<RedisOptions>>().Value.IsConfigured.ShouldBeFalse();
    }

    [Fact]
    public void Should_have_the_documented_defaults()
    {
        var options = Options(("VALKEY_HOST", "localhost"));
        RedisAddress
            .Of(options)
            .ShouldSatisfyAllConditions(
                x => x.Hosts.ShouldHaveSingleItem().Port.ShouldBe(6379),
                x => (x.Service, x.Database, x.User, x.Password, x.Tls).ShouldBe((null, 0, null, null, false))
            );
        options.Timeout.ShouldBe(TimeSpan.FromSeconds(5));
    }

    static string Fault(params (string Key, string? Value)[] settings) => Faults(settings).ShouldHaveSingleItem();

    static List<string> Faults(params (string Key, string? Value)[] settings)
    {
        try
        {
            Options(settings);
            return [];
        }
        catch (OptionsValidationException e)
        {
            return [.. e.Failures];
        }
    }

    static RedisOptions Options(params (string Key, string? Value)[] settings) =>
        Services(settings).GetRequiredService<IOptions<RedisOptions>>().Value;

    static ServiceProvider Services(params (string Key, string? Value)[] settings)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings.ToDictionary(x => x.Key, x => x.Value)).Build();
        return new ServiceCollection().AddLogging().AddRedis(configuration).BuildServiceProvider();
    }
}
