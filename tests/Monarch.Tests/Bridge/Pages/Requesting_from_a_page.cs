using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Monarch.Bridge.Status;
using Monarch.Testing;
using Shouldly;
using Xunit;

namespace Monarch.Tests.Bridge.Pages;

public sealed class Requesting_from_a_page : IAsyncLifetime
{
    BridgeHost _host = null!;
    PageClient _client = null!;

    static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _host = await BridgeHost.AloneAsync(("MONARCH_ALLOWED_OWNERS", "school,teams"));
        _client = new(_host);
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _host.DisposeAsync();
    }

    [Fact]
    public async Task Should_start_a_migration_with_every_option_and_lead_to_it()
    {
        var answer = await SubmitAsync(
            ("source", " https://github.com/school/template "),
            ("targets", "teams/one\r\n\r\nhttps://github.com/teams/two.git\n  \"teams/three\",\nTEAMS/One, teams/four"),
            ("channel", "C06GHMZB3M3"),
            ("copy_labels", "no"),
            ("copy_types", "yes"),
            ("copy_milestones", ""),
            ("assignees", "jane: jane-school\n"),
            ("state", "all"),
            ("label", "homework\nweek 1, part 2"),
            ("milestone", "Week 1"),
            ("issues", "1-20,25"),
            ("since", "2026-01-01"),
            ("recreate", "yes"),
            ("update", "yes")
        );

        answer.Status.ShouldBe(HttpStatusCode.Found);
        await Until.TrueAsync(() => _host.Saga.Received.Count > 0, "the request was sent");
        var request = _host.Saga.Received[0].Request;
        answer.Location.ShouldBe($"/migrations/{request.BatchId}");
        request.Source.ShouldBe("school/template");
        request.Targets.ShouldBe(["teams/one", "teams/two", "teams/three", "teams/four"]);
        request.NotificationChannel.ShouldBe("C06GHMZB3M3");
        request.Recreate.ShouldBeTrue();
        var copy = request.Copy.ShouldNotBeNull();
        (copy.Labels, copy.Milestones, copy.Types, copy.KeepAssignees, copy.Update).ShouldBe((false, null, true, null, true));
        copy.AssigneeMap.ShouldNotBeNull().ShouldHaveSingleItem().ShouldBe(new("jane", "jane-school"));
        var issues = copy.Issues.ShouldNotBeNull();
        issues.IncludeClosed.ShouldBeTrue();
        issues.Labels.ShouldBe(["homework", "week 1, part 2"]);
        issues.Milestone.ShouldBe("Week 1");

        var page = await _client.GetAsync(answer.Location!);
        page.Status.ShouldBe(HttpStatusCode.OK);
        page.Text.ShouldContain("The migration is accepted");
        page.Text.ShouldContain("Queued");
    }

    [Fact]
    public async Task Should_name_the_lines_of_500_targets_that_have_typos_and_keep_all_that_was_typed()
    {
        var targets = Enumerable.Range(1, 500).Select(n => $"teams/team-{n}").ToList();
        (targets[5], targets[17], targets[499]) = ("teams/team 6", "https://gitlab.com/teams/team-18", "strangers/<team>-500");
        var typed = string.Join("\n", targets);

        var answer = await SubmitAsync(("source", "school/template"), ("targets", typed), ("channel", "C1"), ("milestone", "<Week> 1"));

        answer.Status.ShouldBe(HttpStatusCode.BadRequest);
        answer.Html.ShouldContain("<title>Error: New migration");
        answer.Text.ShouldContain("Line 6: 'teams/team 6' names the repository 'team 6', which GitHub would not accept");
        answer.Text.ShouldContain("Line 18: 'https://gitlab.com/teams/team-18' is an address on 'gitlab.com', not on github.com");
        answer.Text.ShouldContain("Line 500: 'strangers/<team>-500'");
        WebUtility.HtmlDecode(answer.Html).ShouldContain(typed);
        answer.Values("value").ShouldContain("school/template");
        answer.Values("value").ShouldContain("<Week> 1");
        // One field: its error is next to it only.
        answer.Text.ShouldNotContain("fields need a correction");
        _host.Requests.Accepted.ShouldBe(0);
        (await ListAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Should_list_the_fields_that_are_wrong_at_the_top()
    {
        var answer = await SubmitAsync(
            ("source", ""),
            ("targets", "school/template"),
            ("channel", new string('x', 90)),
            ("issues", "9-3"),
            ("since", "yesterday"),
            ("assignees", "jane jane-school\nbob: -"),
            ("label", new string('l', 60))
        );

        answer.Status.ShouldBe(HttpStatusCode.BadRequest);
        answer.Text.ShouldContain("6 fields need a correction. Nothing was started.");
        answer
            .Values("href")
            .Where(link => link.StartsWith('#') && link != "#main")
            .ShouldBe(["#source", "#channel", "#label", "#issues", "#since", "#assignees"]);
        answer.Values("aria-invalid").Count.ShouldBe(6);
        answer.Text.ShouldContain("It has line 1, 'jane jane-school', which is not of the form login: login.");
        answer.Values("value").ShouldContain("yesterday");
    }

    [Fact]
    public async Task Should_start_one_migration_when_the_form_is_sent_twice()
    {
        var page = await _client.GetAsync("/new");
        (string, string)[] fields = [("source", "school/template"), ("targets", "teams/one")];

        var first = await _client.SubmitAsync(page, "/new", fields);
        var second = await _client.SubmitAsync(page, "/new", fields);
        second.Location.ShouldBe(first.Location);

        // Back, another target, and sent again.
        var third = await _client.SubmitAsync(page, "/new", ("source", "school/template"), ("targets", "teams/two"));
        third.Location.ShouldNotBe(first.Location);
        (await ListAsync()).Count.ShouldBe(2);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" , \n ")]
    public async Task Should_ask_for_targets(string targets)
    {
        var answer = await SubmitAsync(("source", "school/template"), ("targets", targets));

        answer.Status.ShouldBe(HttpStatusCode.BadRequest);
        answer.Text.ShouldContain("It is empty: name at least one repository.");
    }

    [Fact]
    public async Task Should_refuse_a_form_that_is_too_large()
    {
        var answer = await SubmitAsync(("source", "school/template"), ("targets", new string('x', 2_000_000)));

        answer.Status.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
    }

    Task<IReadOnlyList<MigrationView>> ListAsync() => _host.Services.GetRequiredService<IStatusStore>().ListAsync(0, 10, Token);

    async Task<PageAnswer> SubmitAsync(params (string Name, string Value)[] fields) =>
        await _client.SubmitAsync(await _client.GetAsync("/new"), "/new", fields);
}
