using Microsoft.Extensions.Time.Testing;
using Monarch.Workers.GitHub.RateBudget;

namespace Monarch.Tests.GitHub.Repositories;

/// <summary>
/// Many commands that share one budget with the default rules. Requests are granted in turn, and the clock advances after each round. The
/// result is deterministic as long as all other operations of the commands complete synchronously.
/// </summary>
sealed class BudgetCrowd(FakeTimeProvider time) : IBudget
{
    /// <summary>The duration of a request.</summary>
    static readonly TimeSpan Latency = TimeSpan.FromMilliseconds(200);

    /// <summary>Longer waits are deferred to the saga.</summary>
    static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(5);

    readonly InMemoryBudget _budget = new(new BudgetOptions().Rules(TimeSpan.FromSeconds(30)), time);
    readonly Queue<(BudgetRequest Request, TaskCompletionSource<BudgetAnswer> Answer)> _asking = [];
    readonly List<(DateTimeOffset Until, TaskCompletionSource Awake)> _sleeping = [];

    public Task<BudgetAnswer> AskAsync(BudgetRequest request, CancellationToken cancellationToken)
    {
        var answer = new TaskCompletionSource<BudgetAnswer>();
        _asking.Enqueue((request, answer));
        return answer.Task;
    }

    public Task<TimeSpan> EndAsync(BudgetGrant grant, BudgetOutcome outcome, CancellationToken cancellationToken) =>
        _budget.EndAsync(grant, outcome, cancellationToken);

    public Task<BudgetSnapshot> LookAsync(string account, CancellationToken cancellationToken) =>
        _budget.LookAsync(account, cancellationToken);

    public Task SleepUntilAsync(DateTimeOffset until)
    {
        var awake = new TaskCompletionSource();
        _sleeping.Add((until, awake));
        return awake.Task;
    }

    public async Task PlayAsync(Func<bool> isOver)
    {
        while (!isOver())
        {
            foreach (var sleeper in _sleeping.FindAll(sleeper => sleeper.Until <= time.GetUtcNow()))
            {
                _sleeping.Remove(sleeper);
                sleeper.Awake.SetResult();
            }

            for (var turns = _asking.Count; turns > 0; turns--)
            {
                var (request, asked) = _asking.Dequeue();
                var answer = await _budget.AskAsync(request, CancellationToken.None);
                if (answer is BudgetAnswer.Wait { Time: var wait } && wait <= LongestWait)
                {
                    _asking.Enqueue((request, asked));
                }
                else
                {
                    asked.SetResult(answer);
                }
            }

            time.Advance(Latency);
        }
    }
}
