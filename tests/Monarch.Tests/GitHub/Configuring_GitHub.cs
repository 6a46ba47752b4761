using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Options;
using Monarch.Tests.Http;
using Monarch.Workers.GitHub.Api;
using Monarch.Workers.GitHub.RateBudget;
using Monarch.Workers.GitHub.Transport;
using Shouldly;
using Xunit;

namespace Monarch.Tests.GitHub;

public class Configuring_GitHub
{
    [Theory]
    [InlineData("GITHUB_API_URL", "api.github.com", "'api.github.com'")]
    [InlineData("GITHUB_API_URL", "ftp://api.github.com", "'ftp://api.github.com'")]
    [InlineData("GITHUB_API_URL", "https://api.github.com?x=1", "'https://api.github.com?x=1'")]
    [InlineData("GITHUB_API_URL", "https://ada:secret@ghe.school.edu", "hidden")]
    [InlineData("GITHUB_API_VERSION", "v3", "'v3'")]
    [InlineData("GITHUB_TIMEOUT", "0", "'0'")]
    [InlineData("GITHUB_TIMEOUT", "601", "'601'")]
    public void Should_report_an_invalid_setting_by_name(string key, string value, string shown)
    {
        var error = Should.Throw<OptionsValidationException>(() => Read((key, value))).Failures.ShouldHaveSingleItem();

        error.ShouldStartWith(key);
        error.ShouldContain(shown);
        error.ShouldNotContain("secr");
    }

    [Theory]
    [InlineData("GITHUB_CREATES_PER_MINUTE", "-1", "'-1'")]
    [InlineData("GITHUB_CREATES_PER_HOUR", "-1", "'-1'")]
    [InlineData("GITHUB_START_PER_MINUTE", "-1", "'-1'")]
    [InlineData("GITHUB_WRITE_GAP", "-0.5", "'-0.5'")]
    [InlineData("GITHUB_CONCURRENCY", "1001", "'1001'")]
    [InlineData("GITHUB_POINTS_PER_MINUTE", "4", "'4'")]
    [InlineData("GITHUB_MINUTE", "0", "'0'")]
    [InlineData("GITHUB_HOUR", "30", "'30'")]
    public void Should_report_an_invalid_limit_by_name(string key, string value, string shown)
    {
        using var services = Services((key, value));
        var error = Should
            .Throw<OptionsValidationException>(() => services.GetRequiredService<IOptions<BudgetOptions>>().Value)
            .Failures.ShouldHaveSingleItem();

        error.ShouldStartWith(key);
        error.ShouldContain(shown);
    }

    [Fact]
    public void Should_report_every_invalid_setting() =>
        Should.Throw<OptionsValidationException>(() => Read(("GITHUB_API_URL", "x"), ("GITHUB_TIMEOUT", "0"))).Failures.Count().ShouldBe(2);

    [Fact]
    public void Should_treat_empty_settings_as_defaults()
    {
        var options = Read(("GITHUB_API_URL", ""), ("GITHUB_API_VERSION", " "));

        options.ApiUrl.ShouldBe("https://api.github.com");
        options.ApiVersion.ShouldBe("2022-11-28");
        options.Timeout.ShouldBe(TimeSpan.FromSeconds(20));
    }

    [Fact]
    public void Should_be_validated_at_start_up()
    {
        using var services = Services(("GITHUB_TIMEOUT", "0"));

        Should.Throw<OptionsValidationException>(() => services.GetRequiredService<IStartupValidator>().Validate());
    }

    [Fact]
    public async Task Should_keep_the_token_out_of_the_logs()
    {
        var log = new FakeLoggerProvider();
        await using var server = await StubServer.StartAsync(x => x.AnswerAsync(404, "{}"));
        await using var services = GitHubStub.Services(
            server.Url.ToString(),
            configure: x => x.AddLogging(y => y.AddProvider(log).SetMinimumLevel(LogLevel.Trace))
        );

        await Should.ThrowAsync<GitHubException>(() =>
            GitHubStub.Of(services).GetRepositoryAsync("nss/cider-falls", TestContext.Current.CancellationToken)
        );

        log.Lines.ShouldContain(x => x.Contains("Authorization", StringComparison.Ordinal));
        log.Lines.ShouldNotContain(x => x.Contains(GitHubStub.Token, StringComparison.Ordinal));
    }

    static GitHubOptions Read(params (string Key, string Value)[] settings)
    {
        using var services = Services(settings);
        return services.GetRequiredService<IOptions<GitHubOptions>>().Value;
    }

    static ServiceProvider Services(params (string Key, string Value)[] settings)
    {
        var all = new Dictionary<string, string?> { ["GH_PAT"] = "ghp_token" };
        foreach (var (key, value) in settings)
        {
            all[key] = value;
        }

        return new ServiceCollection()
            .AddGitHubClient(new ConfigurationBuilder().AddInMemoryCollection(all).Build())
            .BuildServiceProvider();
    }
}
