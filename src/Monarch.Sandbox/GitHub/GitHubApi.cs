using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http;
using Monarch.Sandbox.Faults;
using Monarch.Sandbox.Http;
using Monarch.Sandbox.Model;

namespace Monarch.Sandbox.GitHub;

/// <summary>GitHub's REST API: applies scripts, faults, credentials and limits to a request before its operation.</summary>
sealed class GitHubApi(GitHubState state, CancellationToken stopping)
{
    public const string Prefix = "/github/";
    const int LoggedBodyLength = 200;
    static readonly TimeSpan HoldPause = TimeSpan.FromMilliseconds(20);

    public async Task HandleAsync(HttpContext context, Operation operation)
    {
        var path = context.Request.Path.Value!;
        var target = operation.IsCreation ? state.Repositories.Find(context.Request.RouteValues) : null;
        state.Requests.Begin();
        target?.BeginCreation();
        var isPending = true;
        var startedAt = state.Time.GetUtcNow();
        byte[] body = [];
        try
        {
            var id = RequestIds.Next();
            body = await RequestBody.ReadAsync(context.Request);
            var script = state.Faults.Take(context.Request.Method, path);
            var (answer, fault) = script is { CarryOut: false }
                ? (ScriptedAnswers.Of(script, GitHubErrors.ServerError), InjectedFault.None)
                : await AnswerAsync(context, operation, id, body);
            if (script is not { CarryOut: false })
            {
                state.Recorder?.Record(context.Request, path[(Prefix.Length - 1)..], body, answer);
            }

            if (script is { CarryOut: true, Ending: ScriptedEnding.Answer })
            {
                answer = ScriptedAnswers.Of(script, GitHubErrors.ServerError);
            }

            AddHeaders(answer, id, state.Time.GetUtcNow());
            // The request is counted before the caller receives or loses the answer, and can send the next one.
            if (script is null ? fault != InjectedFault.Hang : script.Ending != ScriptedEnding.Hang)
            {
                Complete(IsAnswered(fault, script) ? answer.Status : 0);
            }

            await EndAsync(context, answer, fault, script);
        }
        finally
        {
            Complete(0);
        }

        void Complete(int status)
        {
            if (!isPending)
            {
                return;
            }

            isPending = false;
            target?.EndCreation();
            state.Requests.End();
            state.Requests.Count(operation.Kind, status);
            var (method, url) = (context.Request.Method, path + context.Request.QueryString);
            state.Requests.Add(new(startedAt, state.Time.GetUtcNow(), method, url, Truncate(body), status));
        }
    }

    static string Truncate(byte[] body) => Encoding.UTF8.GetString(body, 0, Math.Min(body.Length, LoggedBodyLength));

    static bool IsAnswered(InjectedFault fault, ScriptedAnswer? script) =>
        script is null ? fault == InjectedFault.None : ScriptedAnswers.IsAnswered(script);

    async Task<(Answer Answer, InjectedFault InjectedFault)> AnswerAsync(HttpContext context, Operation operation, string id, byte[] body)
    {
        if (state.Faults.Settings.Outage)
        {
            return (GitHubErrors.ServerError(503), InjectedFault.None);
        }

        if (string.IsNullOrEmpty(context.Request.Headers.UserAgent))
        {
            return (GitHubErrors.UserAgentMissing(), InjectedFault.None);
        }

        var version = context.Request.Headers.TryGetValue(ApiVersion.Header, out var requested) ? requested.ToString() : ApiVersion.First;
        if (!ApiVersion.IsSupported(version))
        {
            return (GitHubErrors.UnsupportedVersion(version), InjectedFault.None);
        }

        var (caller, refusal) = state.Accounts.Find(context, operation, state.Faults.Settings.RevokedTokens);
        if (caller is null)
        {
            return (refusal!.With("X-GitHub-Api-Version-Selected", version), InjectedFault.None);
        }

        var call = new GitHubCall(context.Request, operation, id)
        {
            Body = body,
            Caller = caller,
            Version = version,
        };
        var (answer, fault) = await WithinLimitsAsync(call);
        answer.With("X-GitHub-Api-Version-Selected", version);
        AddRateLimit(answer, caller.Account);
        return (answer, fault);
    }

    async Task<(Answer Answer, InjectedFault InjectedFault)> WithinLimitsAsync(GitHubCall call)
    {
        var (limits, account, operation) = (state.Limits, call.Caller.Account, call.Operation);
        var write = call.Http.Method is not ("GET" or "HEAD" or "OPTIONS");
        if (account.Limits.TryEnter(limits, state.Time.GetUtcNow(), write, operation.IsCreation, operation.IsFree) is { } refusal)
        {
            var isBanned = refusal.Limit == Limits.Limit.Banned;
            state.Requests.CountRefusal(refusal.Limit.ToString(), account.Login, refusal.WhileLimited, isBanned);
            return (RateLimitAnswers.For(refusal, limits, account, call.RequestId), InjectedFault.None);
        }

        try
        {
            if (state.Faults.Settings.LatencyMilliseconds is > 0 and var latency)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(latency), state.Time, stopping);
            }

            while (operation.IsCreation && state.Faults.Settings.HoldAfterCreations <= state.Requests.Creations)
            {
                await Task.Delay(HoldPause, state.Time, stopping);
            }

            return CarryOut(call);
        }
        finally
        {
            account.Limits.Leave();
        }
    }

    (Answer Answer, InjectedFault InjectedFault) CarryOut(GitHubCall call)
    {
        if (Refuse(call) is { } refusal)
        {
            return (refusal, InjectedFault.None);
        }

        var answer = call.Operation.CarryOut(call);
        if (answer.Status == 200 && call.Http.Method is "GET" or "HEAD")
        {
            answer = ETags.Apply(call.Http, answer.With("Cache-Control", "private, max-age=60, s-maxage=60"));
            if (answer.Status == 304 && !call.Caller.Account.IsAnonymous && !call.Operation.IsFree)
            {
                call.Caller.Account.Limits.Refund();
            }
        }

        var isWritten = answer.Status is 200 or 201 && call.Http.Method is not ("GET" or "HEAD") && IsInRepository(call);
        var after = isWritten ? state.Faults.AfterWrite() : InjectedFault.None;
        return after == InjectedFault.BadGateway ? (GitHubErrors.ServerError(502), InjectedFault.None) : (answer, after);
    }

    Answer? Refuse(GitHubCall call) =>
        state.Faults.BeforeRequest(IsInRepository(call), call.Operation.IsCreation) switch
        {
            InjectedFault.None => null,
            InjectedFault.Throttled => RateLimitAnswers.ByChance(
                state.Limits,
                state.Faults.Settings.ThrottleRetryAfterSeconds,
                call.RequestId
            ),
            InjectedFault.NotFound => GitHubErrors.NotFound(call.Documentation),
            InjectedFault.TooQuickly => GitHubErrors.TooQuickly(call),
            InjectedFault.InternalError => GitHubErrors.ServerError(500),
            InjectedFault.BadGateway => GitHubErrors.ServerError(502),
            _ => GitHubErrors.ServerError(503),
        };

    bool IsInRepository(GitHubCall call) => state.Repositories.Find(call.Http.RouteValues) is not null;

    async Task EndAsync(HttpContext context, Answer answer, InjectedFault fault, ScriptedAnswer? script)
    {
        if (script is not null)
        {
            await ScriptedAnswers.EndAsync(context, script, answer, state.Time, stopping);
        }
        else if (fault == InjectedFault.None)
        {
            await Delivery.AnswerAsync(context, answer);
        }
        else if (fault == InjectedFault.Hang)
        {
            await Delivery.HangAsync(context, state.Time, stopping);
        }
        else
        {
            context.Abort();
        }
    }

    static void AddHeaders(Answer answer, string id, DateTimeOffset now) =>
        answer
            .With("Date", now.ToString("R", CultureInfo.InvariantCulture))
            .With("Server", "github.com")
            .With("X-GitHub-Request-Id", id)
            .With("X-GitHub-Media-Type", "github.v3; format=json");

    void AddRateLimit(Answer answer, Account account)
    {
        var window = account.Limits.Primary(state.Limits, state.Time.GetUtcNow());
        answer
            .With("X-RateLimit-Limit", window.Limit.ToString(CultureInfo.InvariantCulture))
            .With("X-RateLimit-Remaining", window.Remaining.ToString(CultureInfo.InvariantCulture))
            .With("X-RateLimit-Used", window.Used.ToString(CultureInfo.InvariantCulture))
            .With("X-RateLimit-Reset", window.ResetSeconds.ToString(CultureInfo.InvariantCulture))
            .With("X-RateLimit-Resource", "core");
    }
}
