using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Monarch.Sandbox.Faults;
using Monarch.Sandbox.GitHub;
using Monarch.Sandbox.Http;
using Monarch.Sandbox.Model;

namespace Monarch.Sandbox.Slack;

/// <summary>Slack's Web API: an error is a 200 whose <c>ok</c> is false; only a rate limit (429) and an outage differ.</summary>
/// <remarks>https://docs.slack.dev/reference/methods/chat.postMessage</remarks>
sealed class SlackApi(SlackWorkspace workspace, FaultInjector faults, RequestLog requests, TimeProvider time, CancellationToken stopping)
{
    public const string Prefix = "/slack/api/";
    const string Team = "T0MONARCH1";

    public async Task HandleAsync(HttpContext context, string path)
    {
        var isPending = true;
        var method = path[Prefix.Length..];
        try
        {
            var body = await RequestBody.ReadAsync(context.Request);
            var script = faults.Take(context.Request.Method, path);
            if (script is null && faults.Settings.LatencyMilliseconds is > 0 and var latency)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(latency), time, stopping);
            }

            var answer = script is { CarryOut: false }
                ? ScriptedAnswers.Of(script, GitHubErrors.ServerError)
                : CarryOut(context.Request, method, body);
            if (script is { CarryOut: true, Ending: ScriptedEnding.Answer })
            {
                answer = ScriptedAnswers.Of(script, GitHubErrors.ServerError);
            }

            if (script?.Ending != ScriptedEnding.Hang)
            {
                Complete(script is null || ScriptedAnswers.IsAnswered(script) ? answer.Status : 0);
            }

            await (
                script is null ? Delivery.AnswerAsync(context, answer) : ScriptedAnswers.EndAsync(context, script, answer, time, stopping)
            );
        }
        finally
        {
            Complete(0);
        }

        void Complete(int status)
        {
            if (isPending)
            {
                requests.Count("slack " + (method is "chat.postMessage" or "chat.update" or "auth.test" ? method : "unknown"), status);
            }

            isPending = false;
        }
    }

    Answer CarryOut(HttpRequest request, string method, byte[] body)
    {
        if (faults.Settings.SlackOutage)
        {
            return new Answer(503, "Service Unavailable"u8.ToArray(), "text/plain; charset=utf-8");
        }

        var (arguments, error) = SlackArguments.Read(request, body);
        if (error is not null)
        {
            return Refuse(error);
        }

        var (author, refusal) = Authenticate(request, arguments);
        if (author is null)
        {
            return Refuse(refusal!);
        }

        return method switch
        {
            "auth.test" => Json(200, Identify(author)),
            "chat.postMessage" => Respond(
                workspace.Post(author, arguments["channel"], arguments["text"], HasBlocks(arguments)),
                updated: false
            ),
            "chat.update" => Respond(
                workspace.Update(author, arguments["channel"], arguments["ts"], arguments["text"], HasBlocks(arguments)),
                updated: true
            ),
            _ => Refuse("unknown_method"),
        };
    }

    (SandboxToken? Author, string? Error) Authenticate(HttpRequest request, SlackArguments arguments)
    {
        var header = request.Headers.Authorization.ToString();
        var token = header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase)
            ? header["Bearer ".Length..].Trim()
            : arguments["token"];
        if (token.Length == 0)
        {
            return (null, "not_authed");
        }

        var author = workspace.Tokens.Count == 0 ? new SandboxToken() : workspace.Tokens.FirstOrDefault(t => t.Token == token);
        return (author, author is null ? "invalid_auth" : null);
    }

    Answer Respond(SlackResult result, bool updated)
    {
        if (result is { Error: SlackResult.RateLimited })
        {
            return RefuseRate(result.Wait);
        }

        if (result.Message is not { } message)
        {
            return Refuse(result.Error!);
        }

        var user = UserId(message.Author);
        return Json(
            200,
            new SlackAnswerJson(true)
            {
                Channel = message.Channel,
                Ts = message.Ts,
                Text = updated ? message.Text : null,
                Message = new SlackMessageJson(user, "message", message.Ts, BotId(message.Author), "A0MONARCH1", message.Text, Team)
                {
                    Edited = updated ? new SlackEditedJson(user, message.Ts) : null,
                },
                Warning = result.Warning,
                ResponseMetadata = result.Warning is null ? null : new SlackMetadataJson([result.Warning]),
            }
        );
    }

    Answer RefuseRate(TimeSpan wait)
    {
        requests.CountRefusal("Slack", "", whileLimited: false, banned: false);
        return Json(429, new SlackAnswerJson(false) { Error = SlackResult.RateLimited })
            .With("Retry-After", Math.Max(1, (long)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture));
    }

    static SlackAnswerJson Identify(SandboxToken token) =>
        new(true)
        {
            Url = "https://sandbox.slack.com/",
            Team = "Sandbox",
            User = token.Login,
            TeamId = Team,
            UserId = UserId(token),
            BotId = BotId(token),
            IsEnterpriseInstall = false,
        };

    static bool HasBlocks(SlackArguments arguments) => arguments.Has("blocks") || arguments.Has("attachments");

    static string UserId(SandboxToken token) => $"U{token.Id:D10}";

    static string BotId(SandboxToken token) => $"B{token.Id:D10}";

    static Answer Refuse(string error) => Json(200, new SlackAnswerJson(false) { Error = error });

    static Answer Json(int status, SlackAnswerJson answer) =>
        new(status, JsonSerializer.SerializeToUtf8Bytes(answer, SlackJson.Default.SlackAnswerJson), "application/json; charset=utf-8");
}
