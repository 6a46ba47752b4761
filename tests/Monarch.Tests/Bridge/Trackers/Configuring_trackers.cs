using Microsoft.Extensions.Options;
using Monarch.Tests.Bridge.Deployments;
using Shouldly;
using Xunit;

namespace Monarch.Tests.Bridge.Trackers;

public sealed class Configuring_trackers
{
    [Theory]
    [InlineData(
        "USHER_STATUSES=Test",
        "USHER_STATUSES is 'Test', and 'Test' in it is not a status of the tracker with one of stage, test, beta. Give"
    )]
    [InlineData("USHER_STATUSES=10034=beta,Done=prod", "USHER_STATUSES is '10034=beta,Done=prod', and 'Done=prod' in it")]
    [InlineData("USHER_STATUSES==beta", "USHER_STATUSES is '=beta', and '=beta' in it")]
    [InlineData("USHER_STATUSES=X=beta,x=test", "USHER_STATUSES is 'X=beta,x=test', but 'X' stands for two statuses in it. Give")]
    [InlineData("JIRA_WEBHOOK_SECRET=,", "JIRA_WEBHOOK_SECRET holds no secret. Set")]
    [InlineData("JIRA_WEBHOOK_USER=jira", "JIRA_WEBHOOK_PASSWORD is not set, but JIRA_WEBHOOK_USER is. Set")]
    [InlineData("JIRA_WEBHOOK_PASSWORD=hunter2", "JIRA_WEBHOOK_USER is not set, but JIRA_WEBHOOK_PASSWORD is. Set")]
    [InlineData("JIRA_WEBHOOK_USER=ji:ra;JIRA_WEBHOOK_PASSWORD=hunter2", "JIRA_WEBHOOK_USER is 'ji:ra', which holds a colon")]
    [InlineData(
        "USHER_BIND=*;MONARCH_API_KEY=a-key",
        "JIRA_WEBHOOK_SECRET is not set, but USHER_BIND opens Jira's webhook to others (0.0.0.0). Set"
    )]
    public async Task Should_name_the_key_the_value_and_the_remedy(string settings, string fault)
    {
        var refusal = await Should.ThrowAsync<OptionsValidationException>(() => StartAsync(settings));

        refusal.Failures.ShouldHaveSingleItem().ShouldStartWith(fault);
        refusal.Failures.ShouldAllBe(line => !line.Contains("hunter2"));
    }

    [Theory]
    [InlineData("USHER_STATUSES=Test=TEST, 10034 = beta,X=beta,x=beta")]
    [InlineData("USHER_BIND=*;MONARCH_API_KEY=a-key;JIRA_WEBHOOK_SECRET=a-secret")]
    [InlineData("USHER_BIND=*;USHER_TRUSTED_NETWORKS=10.0.0.0/8;JIRA_WEBHOOK_USER=jira;JIRA_WEBHOOK_PASSWORD=a-password")]
    public async Task Should_accept_valid_settings(string settings) => await (await StartAsync(settings)).DisposeAsync();

    static Task<UsherHost> StartAsync(string settings) =>
        UsherHost.StartAsync([.. settings.Split(';').Select(pair => pair.Split('=', 2)).Select(pair => (pair[0], pair[1]))]);
}
