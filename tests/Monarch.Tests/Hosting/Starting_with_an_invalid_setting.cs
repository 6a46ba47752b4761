using System.Net.Sockets;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Monarch.Hosting;
using Monarch.Hosting.Bus;
using Monarch.Hosting.Startup;
using Shouldly;
using Xunit;

namespace Monarch.Tests.Hosting;

public sealed class Starting_with_an_invalid_setting
{
    [Theory]
    [InlineData(
        "serve",
        "WEB_PORT=abc",
        "WEB_PORT is 'abc', which is not a whole number. Set it to a whole number, or leave it out for the default, 8081."
    )]
    [InlineData("serve", "WEB_PORT=-1", "WEB_PORT is '-1', which is not a port.")]
    [InlineData("serve", "WEB_PORT=65536", "WEB_PORT is '65536', which is not a port.")]
    [InlineData("serve", "PROMETHEUS_PORT=8.1", "PROMETHEUS_PORT is '8.1', which is not a whole number.")]
    [InlineData(
        "workers",
        "RABBITMQ_URL=amqp://localhost;VALKEY_HOST=redis;PROMETHEUS_PORT=70000",
        "PROMETHEUS_PORT is '70000', which is not a port."
    )]
    [InlineData("serve", "WEB_PORT=8080;PROMETHEUS_PORT=8080", "WEB_PORT is '8080', and PROMETHEUS_PORT is the same. Use different ports.")]
    [InlineData("serve", "MONARCH_BIND=nowhere", "MONARCH_BIND is 'nowhere', which is not a list of addresses.")]
    [InlineData("serve", "MONARCH_BIND=127.0.0.1,300.1.1.1", "MONARCH_BIND is '127.0.0.1,300.1.1.1', which is not a list of addresses.")]
    [InlineData("serve", "MONARCH_BIND=127", "MONARCH_BIND is '127', which is not a list of addresses.")]
    [InlineData("serve", "MONARCH_BIND=,", "MONARCH_BIND is ',', which is not a list of addresses.")]
    [InlineData("serve", "MONARCH_BIND=0.0.0.0", "MONARCH_API_KEY is not set, but MONARCH_BIND opens the API to others (0.0.0.0).")]
    [InlineData("serve", "MONARCH_BIND=*", "MONARCH_API_KEY is not set, but MONARCH_BIND opens the API to others (0.0.0.0).")]
    [InlineData("serve", "MONARCH_BIND=127.0.0.1,::", "MONARCH_API_KEY is not set, but MONARCH_BIND opens the API to others (::).")]
    [InlineData(
        "serve",
        "MONARCH_API_KEYS=ada:operate:k1,bob:admin:k2",
        "MONARCH_API_KEYS has an entry (number 2) that is not name:role:key"
    )]
    [InlineData("serve", "MONARCH_API_KEYS=just-a-key", "MONARCH_API_KEYS has an entry (number 1) that is not name:role:key")]
    [InlineData("serve", "MONARCH_API_KEYS=ada:view:k1,Ada:operate:k2", "MONARCH_API_KEYS has two keys with the name ada")]
    [InlineData("serve", "MONARCH_KEYRING_SECRET=short", "MONARCH_KEYRING_SECRET has fewer than 32 characters.")]
    [InlineData("serve", "MONARCH_API_KEY=two words", "MONARCH_API_KEY contains a character that an HTTP header cannot carry.")]
    [InlineData("serve", "MONARCH_LOG_LEVEL=loud", "MONARCH_LOG_LEVEL is 'loud', which is not one of Trace, Debug, Information,")]
    [InlineData("serve", "MONARCH_LOG_LEVEL=17", "MONARCH_LOG_LEVEL is '17', which is not one of Trace, Debug, Information,")]
    [InlineData("serve", "MONARCH_LOG_FORMAT=xml", "MONARCH_LOG_FORMAT is 'xml', which is not one of Json, Text.")]
    [InlineData(
        "serve",
        "OTEL_EXPORTER_OTLP_ENDPOINT=collector",
        "OTEL_EXPORTER_OTLP_ENDPOINT is 'collector', which is not the URL of a collector."
    )]
    [InlineData(
        "serve",
        "OTEL_EXPORTER_OTLP_ENDPOINT=ftp://collector",
        "OTEL_EXPORTER_OTLP_ENDPOINT is 'ftp://collector', which is not the URL of a collector."
    )]
    [InlineData("serve", "OTEL_METRICS_EXPORTER=prometheus", "OTEL_METRICS_EXPORTER is 'prometheus', which is not one of otlp, none.")]
    [InlineData("serve", "RABBITMQ_URL=localhost:5672;VALKEY_HOST=redis", "RABBITMQ_URL is not the URL of a broker")]
    [InlineData(
        "serve",
        "RABBITMQ_URL=http://localhost;VALKEY_HOST=redis",
        "RABBITMQ_URL is not the URL of a broker: its scheme is 'http'"
    )]
    [InlineData(
        "serve",
        "RABBITMQ_URL=amqp://user:pass%word@localhost;VALKEY_HOST=redis",
        "RABBITMQ_URL is not the URL of a broker: its user or password contains an unescaped %"
    )]
    [InlineData(
        "serve",
        "RABBITMQ_URL=amqp://user:pass@word@localhost;VALKEY_HOST=redis",
        "RABBITMQ_URL is not the URL of a broker: its user or password contains an unescaped @, /, ? or #"
    )]
    [InlineData(
        "serve",
        "RABBITMQ_URL=amqp://user:5/word@localhost;VALKEY_HOST=redis",
        "RABBITMQ_URL is not the URL of a broker: its user or password contains an unescaped @, /, ? or #"
    )]
    [InlineData(
        "serve",
        "RABBITMQ_URL=amqp://localhost",
        "VALKEY_HOST is not set, but processes that share a RabbitMQ must share their state too."
    )]
    [InlineData("serve", "RABBITMQ_VHOST=school", "RABBITMQ_VHOST is 'school', but RABBITMQ_URL is not set.")]
    [InlineData("bridge", "VALKEY_HOST=redis", "RABBITMQ_URL is not set, but bridge alone reaches workers through RabbitMQ only.")]
    [InlineData("workers", "VALKEY_HOST=redis", "RABBITMQ_URL is not set, but workers alone reaches a bridge through RabbitMQ only.")]
    [InlineData(
        "serve",
        "USHER_PROJECTS=ABC;USHER_PORT=eight",
        "USHER_PORT is 'eight', which is not a whole number. Set it to a whole number, or leave it out for the default, 8000."
    )]
    [InlineData("serve", "USHER_PROJECTS=ABC;USHER_PORT=65536", "USHER_PORT is '65536', which is not a port.")]
    [InlineData(
        "serve",
        "USHER_PROJECTS=ABC;USHER_PORT=8081;WEB_PORT=",
        "USHER_PORT is '8081', and WEB_PORT is the same. Use different ports."
    )]
    [InlineData(
        "usher",
        "USHER_PORT=9000;PROMETHEUS_PORT=9000",
        "USHER_PORT is '9000', and PROMETHEUS_PORT is the same. Use different ports."
    )]
    [InlineData("usher", "USHER_BIND=nowhere", "USHER_BIND is 'nowhere', which is not a list of addresses.")]
    [InlineData("serve", "USHER_PROJECTS=ABC;USHER_BIND=*", "MONARCH_API_KEY is not set, but USHER_BIND opens Usher to others (0.0.0.0).")]
    [InlineData("usher", "USHER_BIND=127.0.0.1,192.0.2.7", "MONARCH_API_KEY is not set, but USHER_BIND opens Usher to others (192.0.2.7).")]
    [InlineData(
        "bridge",
        "RABBITMQ_URL=amqp://host;VALKEY_HOST=redis;USHER_PROJECTS=ABC;USHER_BIND=::",
        "MONARCH_API_KEY is not set, but USHER_BIND opens Usher to others (::)."
    )]
    [InlineData(
        "usher",
        "USHER_TRUSTED_NETWORKS=10.0.0.0/8,office",
        "USHER_TRUSTED_NETWORKS is '10.0.0.0/8,office', which is not a list of networks."
    )]
    [InlineData("usher", "USHER_TRUSTED_NETWORKS=10.0.0.7", "USHER_TRUSTED_NETWORKS is '10.0.0.7', which is not a list of networks.")]
    [InlineData("usher", "USHER_TRUSTED_NETWORKS=10.0.0.0/33", "USHER_TRUSTED_NETWORKS is '10.0.0.0/33', which is not a list of networks.")]
    [InlineData("usher", "USHER_TRUSTED_NETWORKS=10.1.2.3/0", "USHER_TRUSTED_NETWORKS is '10.1.2.3/0', which is not a list of networks.")]
    [InlineData(
        "usher",
        "USHER_TRUSTED_NETWORKS=::ffff:10.0.0.0/104",
        "USHER_TRUSTED_NETWORKS is '::ffff:10.0.0.0/104', which is not a list of networks."
    )]
    [InlineData(
        "usher",
        "RABBITMQ_URL=amqp://host",
        "VALKEY_HOST is not set, but processes that share a RabbitMQ must share their state too."
    )]
    public void Should_name_the_key_the_value_and_the_remedy(string role, string settings, string expected)
    {
        var faults = Faults(role, settings);

        faults.ShouldHaveSingleItem().ShouldStartWith(expected);
        faults[0].ShouldMatch(@"\. (Set|Use|Give) ");
    }

    [Fact]
    public void Should_report_the_errors_of_all_features_together()
    {
        var builder = TestHost.Builder(
            HostRole.Serve,
            ("WEB_PORT", "abc"),
            ("MONARCH_BIND", "nowhere"),
            ("RABBITMQ_URL", "x"),
            ("TEST_PAUSE", "soon"),
            ("TEST_NAME", "bad")
        );
        builder.AddBus(_ => { });
        builder
            .Services.AddOptions<OtherOptions>()
            .Bind(builder.Configuration)
            .Validate(options => options.Name != "bad", "TEST_NAME is 'bad'. Choose another.")
            .ValidateOnStart();

        var faults = Should.Throw<OptionsValidationException>(() => builder.BuildHost()).Failures.ToList();

        faults.Count.ShouldBe(6);
        faults.ShouldContain(fault => fault.StartsWith("TEST_PAUSE is 'soon', which is not a time span such as 00:00:30."));
        faults.ShouldContain("TEST_NAME is 'bad'. Choose another.");
    }

    [Fact]
    public void Should_never_show_a_secret()
    {
        var faults = Faults("serve", "RABBITMQ_URL=http://user:hunter2hunter2@host;MONARCH_API_KEY=key with spaces");

        faults.Count.ShouldBe(3);
        faults.ShouldAllBe(fault => !fault.Contains("hunter2") && !fault.Contains("with spaces"));
    }

    [Theory]
    [InlineData("VALKEY_HOST=redis;RABBITMQ_URL=amqp://user:hunter2%hunter2@host")]
    [InlineData("VALKEY_HOST=redis;RABBITMQ_URL=amqp://user:hunter2@hunter2@host")]
    [InlineData("VALKEY_HOST=redis;RABBITMQ_URL=amqp://user:hunter2/hunter2@host")]
    [InlineData("VALKEY_HOST=redis;RABBITMQ_URL=amqp://user:5/hunter2@host")]
    public void Should_never_show_a_password_of_a_URL(string settings) =>
        Faults("serve", settings).ShouldHaveSingleItem().ShouldNotContain("hunter2");

    [Fact]
    public async Task Should_exit_with_the_code_for_invalid_settings()
    {
        (
            await TestHost
                .Builder(HostRole.Serve, ("WEB_PORT", "abc"))
                .RunHostAsync(cancellationToken: TestContext.Current.CancellationToken)
        ).ShouldBe(ExitCodes.Config);
    }

    [Fact]
    public async Task Should_exit_with_the_code_for_unavailable_when_a_port_is_in_use()
    {
        await using var first = await TestHost.StartAsync();
        var second = TestHost.Builder(HostRole.Serve, ("WEB_PORT", $"{first.Web.BaseAddress!.Port}"));

        (await second.RunHostAsync(cancellationToken: TestContext.Current.CancellationToken)).ShouldBe(ExitCodes.Unavailable);
    }

    [Theory]
    [InlineData("USHER_PORT")]
    [InlineData("PROMETHEUS_PORT")]
    public async Task Should_name_the_setting_of_a_port_in_use(string key)
    {
        await using var first = await TestHost.StartAsync();
        var port = first.Web.BaseAddress!.Port;
        await using var second = TestHost.Builder(HostRole.Usher, (key, $"{port}")).BuildHost();

        var taken = await Should.ThrowAsync<IOException>(() => second.StartAsync(TestContext.Current.CancellationToken));

        StartupFailure
            .Of(second.Services, taken)
            .Lines.ShouldBe([
                $"{key} is '{port}', and that port is in use by another program. Stop that program, or set {key} to another port.",
            ]);
    }

    [Fact]
    public async Task Should_name_every_listener_when_an_address_is_not_local()
    {
        await using var host = TestHost
            .Builder(HostRole.Usher, ("USHER_BIND", "203.0.113.7"), ("MONARCH_API_KEY", "a-key"), ("USHER_PORT", "9001"))
            .BuildHost();

        var refused = await Should.ThrowAsync<SocketException>(() => host.StartAsync(TestContext.Current.CancellationToken));

        StartupFailure
            .Of(host.Services, refused)
            .Lines.ShouldHaveSingleItem()
            .ShouldEndWith(
                "MONARCH_BIND is '127.0.0.1', USHER_BIND is '203.0.113.7', PROMETHEUS_PORT is '0', USHER_PORT is '9001': use an address of this machine, and ports from 1024 on."
            );
    }

    [Theory]
    [InlineData("workers", "RABBITMQ_URL=amqp://localhost;VALKEY_HOST=redis;MONARCH_BIND=0.0.0.0")]
    [InlineData("workers", "RABBITMQ_URL=amqps://u:p%40ss@host:5671/school;VALKEY_HOST=redis")]
    [InlineData("workers", "RABBITMQ_URL=amqp://u:p%25s%2Fs@host;VALKEY_URL=rediss://u:p%25s%2Fs@redis")]
    [InlineData("bridge", "RABBITMQ_URL=amqp://host;VALKEY_SENTINELS=a,b;VALKEY_SERVICE=school")]
    [InlineData("serve", "MONARCH_BIND=localhost,::1")]
    [InlineData("serve", "MONARCH_BIND=0.0.0.0;MONARCH_API_KEY=a-key")]
    [InlineData("serve", "MONARCH_BIND=0.0.0.0;MONARCH_API_KEYS=reader:view:a-key")]
    [InlineData("serve", "WEB_PORT= ;MONARCH_LOG_LEVEL=;MONARCH_LOG_FORMAT=json")]
    [InlineData("usher", "")]
    [InlineData("archive", "")]
    [InlineData("archive", "RABBITMQ_URL=amqps://host;RABBITMQ_VHOST=school")]
    [InlineData("usher", "WEB_PORT=8000;USHER_PORT=8000")]
    [InlineData("usher", "VALKEY_HOST=redis")]
    [InlineData("usher", "USHER_BIND=*;USHER_TRUSTED_NETWORKS=10.0.0.0/8, fd00::/8")]
    [InlineData("usher", "USHER_BIND=*;MONARCH_API_KEY=a-key")]
    [InlineData("serve", "USHER_BIND=*;USHER_PORT=70000;USHER_TRUSTED_NETWORKS=office")]
    [InlineData("workers", "RABBITMQ_URL=amqp://host;VALKEY_HOST=redis;USHER_PROJECTS=ABC;USHER_BIND=*")]
    public void Should_accept_valid_settings(string role, string settings) => Faults(role, settings).ShouldBeEmpty();

    static List<string> Faults(string role, string settings)
    {
        var pairs = settings
            .Split(';', StringSplitOptions.RemoveEmptyEntries)
            .Select(pair => pair.Split('=', 2))
            .Select(pair => (pair[0], pair[1]));
        HostRole[] roles = [HostRole.Serve, HostRole.Bridge, HostRole.Workers, HostRole.Usher, HostRole.Archive];
        var builder = TestHost.Builder(roles.Single(x => x.Name == role), [.. pairs]);
        builder.AddBus(_ => { });
        try
        {
            builder.BuildHost();
            return [];
        }
        catch (OptionsValidationException exception)
        {
            return [.. exception.Failures];
        }
    }

    sealed class OtherOptions
    {
        [ConfigurationKeyName("TEST_PAUSE")]
        public TimeSpan Pause { get; set; }

        [ConfigurationKeyName("TEST_NAME")]
        public string? Name { get; set; }
    }
}
