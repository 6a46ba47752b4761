using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;
using Monarch.Bridge.Intake;
using Monarch.Bridge.Pages.Frame;
using Monarch.Bridge.Pages.Migrations;
using Monarch.Bridge.Telemetry;
using Monarch.Hosting.Http;

namespace Monarch.Bridge.Pages.Requests;

/// <summary>Requests a migration with a form.</summary>
static class RequestPages
{
    public const string New = "/new";
    const string Origin = "POST /new";

    public static void MapRequestPages(this IEndpointRouteBuilder pages)
    {
        pages.MapGet(New, Show);
        pages.MapPost(New, StartAsync);
    }

    static IResult Show(HttpContext http) =>
        http.Features.Get<Caller>()?.MayOperate == true
            ? Page.Of<NewPage>(new RequestModel(new RequestForm()))
            : TypedResults.Problem(
                statusCode: StatusCodes.Status403Forbidden,
                detail: "Your key has the role view: it may not start a migration."
            );

    static async Task<IResult> StartAsync(
        HttpContext http,
        RequestTranslator translator,
        RequestIntake intake,
        BridgeInstruments instruments,
        ILogger<RequestIntake> logger,
        CancellationToken cancellationToken
    )
    {
        var form = RequestForm.Of(await http.Request.ReadFormAsync(cancellationToken));
        var faults = new List<RequestFault>();
        var (request, problems) = translator.Read(form.Message(faults));
        if (request is null || faults.Count > 0)
        {
            return Page.Of<NewPage>(RequestModel.Refused(form, [.. problems, .. faults]), StatusCodes.Status400BadRequest);
        }

        using var span = RequestSpan.Begin(Origin, request.TraceParent);
        // A form that is sent twice starts one migration; one that was changed meanwhile is another request.
        var id =
            await intake.AddCallAsync(request, $"form:{form.Key}", cancellationToken)
            ?? await intake.AddCallAsync(request, idempotencyKey: null, cancellationToken);
        instruments.Accepted();
        logger.RequestAccepted(id!.Value, request.Source, request.Targets.Count, Origin);
        Notice.Leave(http.Response, "new");
        return TypedResults.Redirect(MigrationPages.Address(id.Value));
    }
}
