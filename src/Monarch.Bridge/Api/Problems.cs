using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Monarch.Bridge.Intake;

namespace Monarch.Bridge.Api;

/// <summary>The problem responses of the API.</summary>
static class Problems
{
    public static ProblemHttpResult Refused(
        string title,
        IReadOnlyList<RequestFault> faults,
        int status = StatusCodes.Status400BadRequest
    ) =>
        TypedResults.Problem(
            new ProblemDetails
            {
                Status = status,
                Title = title,
                Detail = string.Join(' ', faults),
                Extensions = { ["faults"] = faults.Select(fault => fault.ToString()).ToList() },
            }
        );

    public static ProblemHttpResult NoSuchMigration() =>
        TypedResults.Problem(
            statusCode: StatusCodes.Status404NotFound,
            title: "There is no such migration.",
            detail: "Either the id is wrong, or the migration ended too long ago and has expired."
        );
}
