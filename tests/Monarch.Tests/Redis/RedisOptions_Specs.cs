using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Monarch.Redis;
using Shouldly;
using Xunit;

namespace Monarch.Tests.Redis;

public sealed class Configuring_redis
{
    [Theory]
    [InlineData("VALKEY_HOST", "redis://localhost", "port goes into VALKEY_PORT")]
    [InlineData("VALKEY_HOST", "localhost:6379", "port goes into VALKEY_PORT")]
    [InlineData("VALKEY_PORT", "0", "from 1 to 65535")]
    [InlineData("VALKEY_PORT", "65536", "from 1 to 65535")]
    [InlineData("VALKEY_DB", "-1", "from 0 up")]
    [InlineData("VALKEY_TIMEOUT", "0", "at most 300")]
    [InlineData("VALKEY_TIMEOUT", "301", "at most 300")]
    public void Should_name_key_value_and_remedy_of_a_bad_setting(string key, string value, string remedy)
    {
        var fault = Should.Throw<OptionsValidationException>(() => Options((key, value))).Failures.ShouldHaveSingleItem();
        fault.ShouldContain(key);
        fault.ShouldContain(value);
        fault.ShouldContain(remedy);
    }

    [Fact]
    public void Should_name_all_faults_at_once() =>
        Should.Throw<OptionsValidationException>(() => Options(("VALKEY_PORT", "0"), ("VALKEY_DB", "-1"))).Failures.Count().ShouldBe(2);

    [Theory]
    [InlineData("localhost")]
    [InlineData("10.0.0.7")]
    [InlineData("::1")]
    [InlineData("redis-master.school.svc")]
    public void Should_take_names_and_addresses(string host) => Options(("VALKEY_HOST", host)).IsConfigured.ShouldBeTrue();

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" ")]
    public void Should_do_without_when_no_host_is_given(string? host)
    {
        var services = Services(("VALKEY_HOST", host));
        services.GetService<RedisConnection>().ShouldBeNull();
        services.GetRequiredService<IOptions<RedisOptions>>().Value.IsConfigured.ShouldBeFalse();
    }

    [Fact]
    public void Should_have_the_documented_defaults()
    {
        var options = Options(("VALKEY_HOST", "localhost"));
        (options.Port, options.Database, options.Password, options.Tls, options.Timeout)
            .ShouldBe((6379, 0, null, false, TimeSpan.FromSeconds(5)));
    }

    static RedisOptions Options(params (string Key, string? Value)[] settings) =>
        Services(settings).GetRequiredService<IOptions<RedisOptions>>().Value;

    static ServiceProvider Services(params (string Key, string? Value)[] settings)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings.ToDictionary(x => x.Key, x => x.Value)).Build();
        return new ServiceCollection().AddLogging().AddRedis(configuration).BuildServiceProvider();
    }
}
