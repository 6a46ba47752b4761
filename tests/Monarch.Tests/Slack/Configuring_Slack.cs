using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Monarch.Workers.Slack.Client;
using Shouldly;
using Xunit;

namespace Monarch.Tests.Slack;

public class Configuring_Slack
{
    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" ")]
    public void Should_be_off_without_a_token(string? token) => Read(("SLACK_BOT_TOKEN", token)).IsOn.ShouldBeFalse();

    [Fact]
    public void Should_be_on_with_a_token() => Read(("SLACK_BOT_TOKEN", "xoxb-1\n"), ("SLACK_API_URL", "")).IsOn.ShouldBeTrue();

    [Theory]
    [InlineData("SLACK_API_URL", "slack.com", "'slack.com'")]
    [InlineData("SLACK_BOT_TOKEN", "xoxb secret", "value hidden")]
    [InlineData("SLACK_BOT_TOKEN", "\"xoxb-secret", "begins or ends with a quotation mark")]
    [InlineData("SLACK_BOT_TOKEN", "xoxb-secret'", "begins or ends with a quotation mark")]
    [InlineData("SLACK_TIMEOUT", "0", "'0'")]
    public void Should_refuse_a_bad_setting_by_name(string key, string value, string shown)
    {
        var fault = Should.Throw<OptionsValidationException>(() => Read((key, value))).Failures.ShouldHaveSingleItem();

        fault.ShouldStartWith(key);
        fault.ShouldContain(shown);
        fault.ShouldNotContain("secret");
    }

    static SlackOptions Read(params (string Key, string? Value)[] settings)
    {
        using var services = new ServiceCollection()
            .AddSlackClient(new ConfigurationBuilder().AddInMemoryCollection(settings.ToDictionary(x => x.Key, x => x.Value)).Build())
            .BuildServiceProvider();
        return services.GetRequiredService<IOptions<SlackOptions>>().Value;
    }
}
