using System.Text;
using Microsoft.AspNetCore.Http;
using Monarch.Sandbox.Http;
using Monarch.Sandbox.Model;

namespace Monarch.Sandbox.Faults;

/// <summary>Answers requests as scripted.</summary>
static class ScriptedAnswers
{
    /// <summary>The scripted answer.</summary>
    /// <param name="script">The script.</param>
    /// <param name="defaultAnswer">Creates the answer of a script without a body from its status.</param>
    public static Answer Of(ScriptedAnswer script, Func<int, Answer> defaultAnswer)
    {
        var answer = script.Body is null
            ? defaultAnswer(script.Status)
            : new Answer(script.Status, Encoding.UTF8.GetBytes(script.Body), "application/json; charset=utf-8");
        foreach (var (name, value) in script.Headers)
        {
            answer.With(name, value);
        }

        return answer;
    }

    /// <summary>Whether the request ends with a complete answer.</summary>
    public static bool IsAnswered(ScriptedAnswer script) => script.Ending is ScriptedEnding.Answer or ScriptedEnding.Genuine;

    /// <summary>Ends the request as scripted.</summary>
    /// <param name="context">The request.</param>
    /// <param name="script">The script.</param>
    /// <param name="answer">The answer to send.</param>
    /// <param name="time">The clock for the script's delay.</param>
    /// <param name="stopping">Cancels every wait when the sandbox stops.</param>
    public static async Task EndAsync(
        HttpContext context,
        ScriptedAnswer script,
        Answer answer,
        TimeProvider time,
        CancellationToken stopping
    )
    {
        if (script.DelayMilliseconds > 0)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(script.DelayMilliseconds), time, stopping);
        }

        switch (script.Ending)
        {
            case ScriptedEnding.Cut:
                context.Abort();
                break;
            case ScriptedEnding.Hang:
                await Delivery.HangAsync(context, time, stopping);
                break;
            case ScriptedEnding.CutBody:
                await Delivery.CutBodyAsync(context, answer);
                break;
            default:
                await Delivery.AnswerAsync(context, answer);
                break;
        }
    }
}
