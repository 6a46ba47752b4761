using System.Text;
using Microsoft.Extensions.Options;
using Monarch.Bridge.Deployments;
using Monarch.Bridge.Trackers;
using Monarch.Contracts.Deployments;
using Monarch.Hosting.Settings;
using Shouldly;
using Xunit;

namespace Monarch.Tests.Bridge.Trackers;

public sealed class Reading_Jira_deliveries
{
    static readonly DateTimeOffset Received = FakeTime.Start.AddSeconds(2);
    static readonly Move Moved = new("ABC", 123, IssueStatus.Test, FakeTime.Start);

    [Theory]
    [InlineData(JiraDeliveries.Cloud)]
    [InlineData(JiraDeliveries.DataCenter)]
    [InlineData(JiraDeliveries.ServiceDesk)]
    public void Should_use_the_time_of_Jira(string delivery) => Read(delivery).Moves.ShouldBe([Moved]);

    [Fact]
    public void Should_use_the_time_of_receipt_when_Jira_gives_none() =>
        Read(JiraDeliveries.Automation).Moves.ShouldBe([Moved with { At = null }]);

    [Fact]
    public void Should_read_every_issue_of_an_automation_rule() =>
        Read(JiraDeliveries.Collected).Moves.ShouldBe([Moved with { At = null }, new("XYZ", 5, IssueStatus.Beta)]);

    [Theory]
    [InlineData("Test", "10034", null, IssueStatus.Test)]
    [InlineData("BETA", "7", null, IssueStatus.Beta)]
    [InlineData(" stage ", "7", null, IssueStatus.Stage)]
    [InlineData("En prueba", "10034", null, null)]
    [InlineData("En prueba", "10034", "10034=test", IssueStatus.Test)]
    [InlineData("In Test", "7", "10034=test,In Test=test", IssueStatus.Test)]
    [InlineData("in test", "7", "In Test = TEST , x=beta", IssueStatus.Test)]
    [InlineData("a=b", "7", "a=b=stage", IssueStatus.Stage)]
    // The id counts more than the name, and a configured name more than the usual meaning.
    [InlineData("Test", "10034", "10034=beta", IssueStatus.Beta)]
    [InlineData("Stage", "7", "Stage=beta", IssueStatus.Beta)]
    [InlineData("Done", "10001", "10034=test", null)]
    public void Should_map_a_status_by_id_or_name(string name, string id, string? configured, IssueStatus? expected) =>
        Read(
            JiraDeliveries
                .Cloud.Replace("\"to\": \"10034\"", $"\"to\": \"{id}\"", StringComparison.Ordinal)
                .Replace("\"toString\": \"Test\"", $"\"toString\": \"{name}\"", StringComparison.Ordinal),
            configured
        )
            .Moves.Select(move => (IssueStatus?)move.Status)
            .SingleOrDefault()
            .ShouldBe(expected);

    [Fact]
    public void Should_use_the_last_of_several_status_changes() =>
        Read(
            """
            {"webhookEvent": "jira:issue_updated", "issue": {"key": "abc-123"}, "changelog": {"items": [
              {"field": "status", "toString": "Beta"}, {"field": "status", "toString": "Test"}, {"field": "labels", "toString": "Beta"}]}}
            """
        )
            .Moves.ShouldBe([Moved with { At = null }]);

    [Theory]
    [InlineData(
        """{"webhookEvent": "jira:issue_created", "issue": {"key": "ABC-1", "fields": {"status": {"name": "Test"}}}}""",
        "It is another event."
    )]
    [InlineData(
        """{"webhookEvent": "jira:issue_deleted", "issue": {"key": "ABC-1", "fields": {"status": {"name": "Test"}}}}""",
        "It is another event."
    )]
    [InlineData("""{"webhookEvent": "comment_created", "issue": {"key": "ABC-1"}}""", "It is another event.")]
    [InlineData("""{"webhookEvent": null, "issue": {"key": "ABC-1", "fields": {"status": {"name": "Test"}}}}""", "It is another event.")]
    [InlineData(
        """{"webhookEvent": "jira:issue_updated", "issue": {"key": "ABC-1", "fields": {"status": {"name": "Test"}}}}""",
        "The status was not changed."
    )]
    [InlineData(
        """{"webhookEvent": "jira:issue_updated", "issue": {"key": "ABC-1"}, "changelog": {"items": [{"field": "summary", "toString": "Test"}]}}""",
        "The status was not changed."
    )]
    [InlineData(
        """{"webhookEvent": "jira:issue_updated", "issue": {"key": "ABC-1"}, "changelog": {"items": [{"field": "status", "fieldtype": "custom", "toString": "Test"}]}}""",
        "The status was not changed."
    )]
    [InlineData(
        """{"webhookEvent": "jira:issue_updated", "issue": {"key": "ABC-1"}, "changelog": {"items": [{"field": "status", "fieldId": "customfield_10050", "toString": "Test"}]}}""",
        "The status was not changed."
    )]
    [InlineData(
        """{"webhookEvent": "jira:issue_updated", "issue": {"key": "ABC-1"}, "changelog": {"items": [7, null, {"field": "status", "toString": "Done"}]}}""",
        "The status has no server."
    )]
    [InlineData(
        """{"webhookEvent": "jira:issue_updated", "issue": {"key": "ABC-1"}, "changelog": {"items": [{"field": "status", "toString": "\ud800"}]}}""",
        "The status has no server."
    )]
    [InlineData(
        """{"webhookEvent": "jira:issue_updated", "\ud800 and more than a name": 1, "issue": {"key": "NIX-1", "\ud800 and more": 2}, "changelog": {"items": [{"field": "status", "toString": "Test", "to\udc00 and more": 3}]}}""",
        "The project is not configured."
    )]
    [InlineData(
        """{"webhookEvent": "jira:issue_updated", "issue": {"key": "NIX-1"}, "changelog": {"items": [{"field": "status", "toString": "Test"}]}}""",
        "The project is not configured."
    )]
    [InlineData(
        """{"webhookEvent": "jira:issue_updated", "issue": {"key": "ABC-1; rm -rf /"}, "changelog": {"items": [{"field": "status", "toString": "Test"}]}}""",
        "It contains no issue with a key."
    )]
    [InlineData(
        """{"webhookEvent": "jira:issue_updated", "issue": {"key": "A/../B-1"}, "changelog": {"items": [{"field": "status", "toString": "Test"}]}}""",
        "It contains no issue with a key."
    )]
    [InlineData(
        """{"webhookEvent": "jira:issue_updated", "issue": null, "changelog": {"items": [{"field": "status", "toString": "Test"}]}}""",
        "It contains no issue with a key."
    )]
    [InlineData("""{"issues": []}""", "It contains no issue.")]
    [InlineData("""{}""", "It contains no issue with a key.")]
    [InlineData("""{"key": "ABC-1", "fields": {"status": "Test"}}""", "The status has no server.")]
    public void Should_ignore_deliveries_without_a_move_to_a_server(string delivery, string reason)
    {
        var reading = Read(delivery);

        reading.Moves.ShouldBeEmpty();
        (reading.Reason, reading.Fault).ShouldBe((reason, null));
    }

    [Theory]
    [InlineData("", "The body is empty")]
    [InlineData("{", "The body cannot be read as JSON")]
    [InlineData("payload=%7B%7D", "The body cannot be read as JSON")]
    [InlineData("[]", "The body is a JSON list, not an object.")]
    public void Should_refuse_a_body_that_is_not_an_object(string delivery, string fault)
    {
        var reading = Read(delivery);

        reading.Moves.ShouldBeEmpty();
        reading.Fault.ShouldNotBeNull().ShouldStartWith(fault);
    }

    [Theory]
    [InlineData("1773133200000", 0)]
    [InlineData("\"1773133200000\"", 0)]
    [InlineData("1773133202000", 2)]
    // Jira's clock is ahead, or the text is not a time: the time of receipt.
    [InlineData("1773133203000", null)]
    [InlineData("99999999999999999999", null)]
    [InlineData("9223372036854775807", null)]
    [InlineData("-1", null)]
    [InlineData("17.5", null)]
    [InlineData("null", null)]
    public void Should_use_a_plausible_time_only(string timestamp, int? seconds) =>
        Read(JiraDeliveries.Cloud.Replace("1773133200000", timestamp, StringComparison.Ordinal))
            .Moves.ShouldHaveSingleItem()
            .At.ShouldBe(seconds is { } known ? FakeTime.Start.AddSeconds(known) : null);

    [Theory]
    [InlineData(24 * 3600, true)]
    [InlineData((24 * 3600) + 1, false)]
    public void Should_ignore_a_move_that_is_older_than_a_day(int seconds, bool isTaken)
    {
        var reading = Read(JiraDeliveries.Cloud, at: FakeTime.Start.AddSeconds(seconds));

        reading.Moves.Count.ShouldBe(isTaken ? 1 : 0);
        reading.Reason.ShouldBe(isTaken ? null : "It is older than a day.");
    }

    static JiraReading Read(string delivery, string? configured = null, DateTimeOffset? at = null) =>
        new JiraTranslator(
            new(Options.Create(new TrackerOptions { Statuses = configured })),
            DeploymentServers.Read(new() { Projects = "ABC,XYZ" }, [])
        ).Read(Encoding.UTF8.GetBytes(delivery), at ?? Received);
}
