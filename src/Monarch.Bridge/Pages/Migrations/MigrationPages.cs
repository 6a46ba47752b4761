using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Monarch.Bridge.Api;
using Monarch.Bridge.Intake;
using Monarch.Bridge.Pages.Frame;
using Monarch.Bridge.Status;
using Monarch.Contracts.Migrations;
using Monarch.Hosting.Http;

namespace Monarch.Bridge.Pages.Migrations;

/// <summary>The list of migrations, each migration, and each of its repositories.</summary>
static class MigrationPages
{
    public static string Address(Guid id) => $"/migrations/{id}";

    public static string Address(Guid id, int repository) =>
        string.Create(CultureInfo.InvariantCulture, $"/migrations/{id}/repositories/{repository}");

    public static string Address(Guid id, InterventionKind kind) => $"{Address(id)}/{Verb(kind)}";

    public static string Verb(InterventionKind kind) => kind.ToString().ToLowerInvariant();

    public static void MapMigrationPages(this IEndpointRouteBuilder pages)
    {
        pages.MapGet("/", ListAsync);
        pages.MapGet("/migrations", () => TypedResults.Redirect("/"));
        pages.MapGet("/migrations/{id:guid}", ShowAsync);
        pages.MapGet("/migrations/{id:guid}/repositories/{number:int}", ShowRepositoryAsync);
        foreach (var kind in Enum.GetValues<InterventionKind>())
        {
            var path = $"/migrations/{{id:guid}}/{Verb(kind)}";
            // The address of a form that was refused, when it is loaded again.
            pages.MapGet(path, (Guid id) => TypedResults.Redirect(Address(id)));
            pages.MapPost(
                path,
                (Guid id, HttpContext http, IStatusStore store, MigrationCommands commands, CancellationToken cancellationToken) =>
                    CommandAsync(kind, id, http, store, commands, cancellationToken)
            );
        }
    }

    static async Task<IResult> ListAsync(HttpContext http, MigrationSearch search, CancellationToken cancellationToken)
    {
        var filter = MigrationFilter.Of(http.Request.Query);
        var model = await search.FindAsync(filter, cancellationToken) with
        {
            MayOperate = MayOperate(http),
            LiveAddress = LiveUpdates.AreOn(http.Request) ? filter.Address() : null,
        };
        return http.Request.IsPartial() ? Page.Of<MigrationList>(model) : Page.Of<MigrationsPage>(model);
    }

    static async Task<IResult> ShowAsync(
        Guid id,
        HttpContext http,
        IStatusStore store,
        ExpectedEnds expectedEnds,
        CancellationToken cancellationToken,
        string? show = null
    )
    {
        if (await store.FindAsync(id, cancellationToken) is not { } view)
        {
            return Problems.NoSuchMigration();
        }

        var group = MigrationModel.Groups.Any(group => group.Key == show) ? show! : MigrationModel.All;
        var model = new MigrationModel
        {
            View = view,
            ExpectedEnd = await expectedEnds.OfAsync(view, cancellationToken),
            Group = group,
            Notice = NoticeOf(Notice.Take(http)),
            MayOperate = MayOperate(http),
            LiveAddress =
                MigrationFilter.IsActive(view) && LiveUpdates.AreOn(http.Request)
                    ? Address(id) + (group == MigrationModel.All ? "" : $"?show={group}")
                    : null,
        };
        return http.Request.IsPartial() ? Page.Of<MigrationDetails>(model) : Page.Of<MigrationPage>(model);
    }

    static async Task<IResult> ShowRepositoryAsync(
        Guid id,
        int number,
        HttpContext http,
        IStatusStore store,
        CancellationToken cancellationToken
    )
    {
        if (await store.FindAsync(id, cancellationToken) is not { } view || number < 1 || number > view.Repositories!.Count)
        {
            return Problems.NoSuchMigration();
        }

        var model = new RepositoryModel(view, number)
        {
            LiveAddress = MigrationFilter.IsActive(view) && LiveUpdates.AreOn(http.Request) ? Address(id, number) : null,
        };
        return http.Request.IsPartial() ? Page.Of<RepositoryDetails>(model) : Page.Of<RepositoryPage>(model);
    }

    static async Task<IResult> CommandAsync(
        InterventionKind kind,
        Guid id,
        HttpContext http,
        IStatusStore store,
        MigrationCommands commands,
        CancellationToken cancellationToken
    )
    {
        var form = await http.Request.ReadFormAsync(cancellationToken);
        var typed = form["reason"].ToString();
        var (reason, fault) = ReadReason(typed);
        var outcome = fault is null ? await commands.SendAsync(kind, id, reason, cancellationToken) : null;
        if (outcome?.Status == CommandStatus.Sent)
        {
            Notice.Leave(http.Response, Verb(kind));
            return TypedResults.Redirect(Address(id));
        }

        if (await store.FindAsync(id, cancellationToken) is not { } view)
        {
            return Problems.NoSuchMigration();
        }

        // What the command refused is shown above the migration as it is now.
        var model = new MigrationModel { View = view, MayOperate = MayOperate(http) };
        return outcome is null
            ? Page.Of<MigrationPage>(model with { Typed = new(Verb(kind), typed, fault) }, StatusCodes.Status400BadRequest)
            : Page.Of<MigrationPage>(
                model with
                {
                    Notice = new("warn", $"Nothing was changed. {outcome.Title}", outcome.Detail),
                    // It may succeed soon, with the same reason.
                    Typed = outcome.Status == CommandStatus.Later ? new(Verb(kind), typed, Error: null) : null,
                },
                outcome.Status == CommandStatus.Impossible ? StatusCodes.Status409Conflict : StatusCodes.Status503ServiceUnavailable
            );
    }

    static (string? Reason, string? Fault) ReadReason(string typed)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(new CommandRequest(typed), ApiJson.Default.CommandRequest);
        var (reason, faults) = ReasonTranslator.Read(body);
        return faults is [var fault, ..] ? (null, $"The reason {fault.Problem}")
            : reason is null ? (null, "Give the reason: others read it when they wonder what happened.")
            : (reason, null);
    }

    static PageNotice? NoticeOf(string? word) =>
        word switch
        {
            "cancel" => new("run", "The migration is being cancelled", "Issues already copied stay. The page shows when it has ended."),
            "pause" => new(
                "run",
                "The migration is being paused",
                "What is in flight is finished; nothing new is started until it is resumed."
            ),
            "resume" => new("run", "The migration is being resumed", "It continues where it stopped."),
            "retry" => new("run", "The retry is on its way", "The template is read again, and what is missing is copied."),
            "new" => new(
                "run",
                "The migration is accepted",
                "It is saved and starts as soon as a worker is free. You may close this page."
            ),
            _ => null,
        };

    static bool MayOperate(HttpContext http) => http.Features.Get<Caller>()?.MayOperate == true;
}
