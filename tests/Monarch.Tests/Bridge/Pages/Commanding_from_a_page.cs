using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Monarch.Bridge.Status;
using Monarch.Contracts.Migrations;
using Monarch.Testing;
using Shouldly;
using Xunit;

namespace Monarch.Tests.Bridge.Pages;

public sealed class Commanding_from_a_page : IAsyncLifetime
{
    BridgeHost _host = null!;
    PageClient _client = null!;

    static CancellationToken Token => TestContext.Current.CancellationToken;

    IStatusStore Store => _host.Services.GetRequiredService<IStatusStore>();

    public async ValueTask InitializeAsync()
    {
        _host = await BridgeHost.AloneAsync();
        _client = new(_host);
        await PageStory.SeedAsync(Store, TimeProvider.System.GetUtcNow(), Token);
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _host.DisposeAsync();
    }

    public static TheoryData<string, Guid, string> Commands =>
        new()
        {
            { "pause", PageStory.Running, "The migration is being paused" },
            { "cancel", PageStory.Waiting, "The migration is being cancelled" },
            { "resume", PageStory.Paused, "The migration is being resumed" },
            { "retry", PageStory.WithFailures, "The retry is on its way" },
        };

    [Theory, MemberData(nameof(Commands))]
    public async Task Should_send_the_command_with_its_reason_and_show_a_notice_once(string command, Guid id, string notice)
    {
        var answer = await SubmitAsync(id, command, " wrong <cohort> ");

        answer.Status.ShouldBe(HttpStatusCode.Found);
        answer.Location.ShouldBe($"/migrations/{id}");
        await Until.TrueAsync(() => _host.Saga.Commands.Count == 1, "the command was sent");
        var sent = _host.Saga.Commands.Single();
        $"{sent}".ShouldContain($"{id}");
        $"{sent}".ShouldContain("wrong <cohort>");
        sent.GetType()
            .ShouldBe(
                command switch
                {
                    "pause" => typeof(PauseMigration),
                    "cancel" => typeof(CancelMigration),
                    "resume" => typeof(ResumeMigration),
                    _ => typeof(RetryRejectedIssues),
                }
            );

        (await _client.GetAsync(answer.Location!, ("HX-Request", "true"))).Text.ShouldNotContain(notice);
        (await _client.GetAsync(answer.Location!)).Text.ShouldContain(notice);
        (await _client.GetAsync(answer.Location!)).Text.ShouldNotContain(notice);
    }

    [Theory]
    [InlineData("", "Give the reason")]
    [InlineData("   ", "Give the reason")]
    [InlineData("one\ntwo", "holds a line break")]
    public async Task Should_show_what_is_wrong_with_the_reason(string reason, string error)
    {
        var answer = await SubmitAsync(PageStory.Running, "pause", reason);

        answer.Status.ShouldBe(HttpStatusCode.BadRequest);
        answer.Text.ShouldContain(error);
        answer.Html.ShouldContain("<title>Error: ");
        _host.Saga.Commands.ShouldBeEmpty();
    }

    [Fact]
    public async Task Should_keep_a_reason_that_is_too_long()
    {
        var reason = $"\"{new string('x', 300)}\"";

        var answer = await SubmitAsync(PageStory.Running, "cancel", reason);

        answer.Status.ShouldBe(HttpStatusCode.BadRequest);
        answer.Text.ShouldContain("The reason has 302 characters: 300 are allowed.");
        answer.Values("value").ShouldContain(reason);
        Regex.Count(answer.Html, "<details[^>]* open").ShouldBe(1);
        Regex.Count(answer.Html, "aria-invalid=\"true\" aria-describedby=\"reason-cancel-h reason-cancel-e\"").ShouldBe(1);
        _host.Saga.Commands.ShouldBeEmpty();
    }

    [Fact]
    public async Task Should_change_nothing_from_a_page_that_is_stale()
    {
        var page = await _client.GetAsync($"/migrations/{PageStory.Running}");
        var now = TimeProvider.System.GetUtcNow();
        await Store.ApplyAsync(
            PageStory.Batch(2, "rare", 12, BatchStatus.Completed, now.AddMinutes(-5)) with
            {
                Version = 9,
                EndedAt = now,
                TargetsEnded = 12,
            },
            Token
        );

        var answer = await _client.SubmitAsync(page, $"/migrations/{PageStory.Running}/pause", ("reason", "too late"));

        answer.Status.ShouldBe(HttpStatusCode.Conflict);
        answer.Text.ShouldContain("Nothing was changed. The migration cannot be paused now.");
        answer.Text.ShouldContain("has ended as Completed");
        answer.Html.ShouldNotContain("/pause\"");
        _host.Saga.Commands.ShouldBeEmpty();
        (await _client.GetAsync($"/migrations/{PageStory.Running}/pause")).Location.ShouldBe($"/migrations/{PageStory.Running}");
    }

    [Fact]
    public async Task Should_keep_the_reason_while_no_worker_has_started_the_migration()
    {
        var answer = await SubmitAsync(PageStory.Id(4), "cancel", "wrong template");

        answer.Status.ShouldBe(HttpStatusCode.ServiceUnavailable);
        answer.Text.ShouldContain("No worker has started the migration.");
        answer.Values("value").ShouldContain("wrong template");
    }

    [Fact]
    public async Task Should_refuse_a_form_without_its_token()
    {
        var page = await _client.GetAsync($"/migrations/{PageStory.Running}");
        page.Status.ShouldBe(HttpStatusCode.OK);

        var answer = await _client.PostAsync($"/migrations/{PageStory.Running}/pause", ("reason", "mine"));
        answer.Status.ShouldBe(HttpStatusCode.BadRequest);
        answer.ContentType.ShouldBe("text/html");
        answer.Text.ShouldContain("The form is too old");

        // The token of a page that another browser received.
        using var other = new PageClient(_host);
        (await other.SubmitAsync(page, $"/migrations/{PageStory.Running}/pause", ("reason", "theirs"))).Status.ShouldBe(
            HttpStatusCode.BadRequest
        );
        _host.Saga.Commands.ShouldBeEmpty();
    }

    [Fact]
    public async Task Should_offer_only_what_is_possible()
    {
        (await FormsAsync(PageStory.Running)).ShouldBe(["pause", "cancel"]);
        (await FormsAsync(PageStory.Paused)).ShouldBe(["resume", "cancel"]);
        (await FormsAsync(PageStory.WithFailures)).ShouldBe(["retry"]);
        (await FormsAsync(PageStory.Failed)).ShouldBe(["retry"]);
        (await FormsAsync(PageStory.Completed)).ShouldBeEmpty();
        var waiting = await _client.GetAsync($"/migrations/{PageStory.Waiting}");
        waiting.Text.ShouldContain("Needs you: 5 repositories lack 63 issues");
        waiting.Text.ShouldContain("Can be retried when the migration has ended.");
    }

    async Task<PageAnswer> SubmitAsync(Guid id, string command, string reason) =>
        await _client.SubmitAsync(await _client.GetAsync($"/migrations/{id}"), $"/migrations/{id}/{command}", ("reason", reason));

    async Task<IEnumerable<string>> FormsAsync(Guid id) =>
        (await _client.GetAsync($"/migrations/{id}")).Values("action").Select(action => action.Split('/')[^1]);
}
