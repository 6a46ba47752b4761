using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Monarch.Bridge.Deployments;

/// <summary>The problem responses of commands that failed or whose result is unknown.</summary>
static class SteeringProblems
{
    const string RetryAfterSeconds = "5";

    public static ProblemHttpResult Refused(string refusal) =>
        TypedResults.Problem(statusCode: StatusCodes.Status409Conflict, title: "The command is refused.", detail: refusal);

    public static ProblemHttpResult NotSent(this HttpContext http) =>
        http.Later("The message broker cannot be reached.", "Check the server later, and send the command again if it did not arrive.");

    public static ProblemHttpResult Unanswered(this HttpContext http) =>
        http.Later("No worker has answered in time.", "The command may still be carried out: check the server before you send it again.");

    public static ProblemHttpResult Unsaved(this HttpContext http) =>
        http.Later("Some messages have not reached their servers yet.", "Nothing was removed. Send the request again when workers run.");

    static ProblemHttpResult Later(this HttpContext http, string title, string detail)
    {
        http.Response.Headers.RetryAfter = RetryAfterSeconds;
        return TypedResults.Problem(statusCode: StatusCodes.Status503ServiceUnavailable, title: title, detail: detail);
    }
}
