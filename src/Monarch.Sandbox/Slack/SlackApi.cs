using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Monarch.Sandbox.Faults;
using Monarch.Sandbox.Http;

namespace Monarch.Sandbox.Slack;

/// <summary>Slack's Web API: an error is a 200 whose <c>ok</c> is false; only too much (429) and an outage have a status of their own.</summary>
/// <remarks>https://docs.slack.dev/reference/methods/chat.postMessage</remarks>
sealed class SlackApi(SandboxState state, CancellationToken stopping)
{
    public const string Prefix = "/slack/api/";
    const string Team = "T0MONARCH1";

    public async Task HandleAsync(HttpContext context, string path)
    {
        var isOpen = true;
        var method = path[Prefix.Length..];
        try
        {
            var body = await RequestBody.ReadAsync(context.Request);
            var script = state.Faults.Take(context.Request.Method, path);
            if (script is null && state.Faults.Settings.LatencyMilliseconds is > 0 and var latency)
                await Task.Delay(TimeSpan.FromMilliseconds(latency), state.Time, stopping);
            var answer = script is { CarryOut: false } ? ScriptedAnswers.Of(script) : CarryOut(context.Request, method, body);
            if (script is { CarryOut: true, Ending: ScriptedEnding.Answer })
                answer = ScriptedAnswers.Of(script);
            if (script?.Ending != ScriptedEnding.Hang)
                Close(script is null || ScriptedAnswers.IsAnswered(script) ? answer.Status : 0);
            await (script is null
                ? Delivery.AnswerAsync(context, answer)
                : ScriptedAnswers.EndAsync(context, script, answer, state.Time, stopping));
        }
        finally
        {
            Close(0);
        }

        void Close(int status)
        {
            if (isOpen)
                state.Requests.Count("slack " + (method is "chat.postMessage" or "chat.update" or "auth.test" ? method : "unknown"), status);
            isOpen = false;
        }
    }

    Answer CarryOut(HttpRequest request, string method, byte[] body)
    {
        if (state.Faults.Settings.SlackOutage)
            return new Answer(503, "Service Unavailable"u8.ToArray(), "text/plain; charset=utf-8");
        var (arguments, wrong) = SlackArguments.Read(request, body);
        if (wrong is not null)
            return Refused(wrong);
        var (author, refused) = Authenticate(request, arguments);
        if (author is null)
            return Refused(refused!);
        return method switch
        {
            "auth.test" => Json(200, WhoIs(author)),
            "chat.postMessage" => Show(state.Slack.Post(state.Limits, author, arguments["channel"], arguments["text"], HasBlocks(arguments)), updated: false),
            "chat.update" => Show(
                state.Slack.Update(state.Limits, author, arguments["channel"], arguments["ts"], arguments["text"], HasBlocks(arguments)),
                updated: true),
            _ => Refused("unknown_method"),
        };
    }

    (SandboxToken? Author, string? Error) Authenticate(HttpRequest request, SlackArguments arguments)
    {
        var header = request.Headers.Authorization.ToString();
        var token = header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) ? header["Bearer ".Length..].Trim() : arguments["token"];
        if (token.Length == 0)
            return (null, "not_authed");
        var known = state.Options.SlackTokens;
        var author = known.Count == 0 ? new SandboxToken() : known.FirstOrDefault(t => t.Token == token);
        return (author, author is null ? "invalid_auth" : null);
    }

    Answer Show(SlackResult result, bool updated)
    {
        if (result is { Error: SlackResult.RateLimited })
            return TooFast(result.Wait);
        if (result.Message is not { } message)
            return Refused(result.Error!);
        var user = UserId(message.Author);
        return Json(200, new SlackAnswerJson(true)
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
        });
    }

    Answer TooFast(TimeSpan wait)
    {
        state.Requests.Refused("Slack", "", whileLimited: false, banned: false);
        return Json(429, new SlackAnswerJson(false) { Error = SlackResult.RateLimited })
            .With("Retry-After", Math.Max(1, (long)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture));
    }

    static SlackAnswerJson WhoIs(SandboxToken token) => new(true)
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

    static Answer Refused(string error) => Json(200, new SlackAnswerJson(false) { Error = error });

    static Answer Json(int status, SlackAnswerJson answer) =>
        new(status, JsonSerializer.SerializeToUtf8Bytes(answer, SlackJson.Default.SlackAnswerJson), "application/json; charset=utf-8");
}
