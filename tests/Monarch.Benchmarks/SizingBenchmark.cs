using System.CommandLine;
using Monarch.Benchmarks.Reports;
using Monarch.Workers.GitHub.RateBudget;

namespace Monarch.Benchmarks;

/// <summary>
/// How long a school's migrations take under GitHub's limits: the budget with its default settings, run ahead in no time.
/// </summary>
static class SizingBenchmark
{
    static readonly TimeSpan Took = TimeSpan.FromMilliseconds(400);

    static readonly (int Teams, int Issues)[] Schools = [(6, 20), (10, 30), (20, 30), (40, 30), (40, 50), (100, 30)];

    public static Command Create()
    {
        var command = new Command(
            "sizing",
            "How long a number of teams and issues takes under GitHub's limits, by accounts; calculated, not run"
        );
        command.SetAction(_ => Write());
        return command;
    }

    static void Write()
    {
        var report = new Report(
            "Until the last issue is there, GitHub taking 400 ms for each",
            "Teams × issues",
            "issues",
            "1 account, new",
            "1 account",
            "2 accounts",
            "4 accounts"
        );
        foreach (var (teams, issues) in Schools)
        {
            report.Add(
                $"{teams} × {issues}",
                $"{teams * issues}",
                Time(teams, issues, accounts: 1, isNew: true),
                Time(teams, issues, accounts: 1),
                Time(teams, issues, accounts: 2),
                Time(teams, issues, accounts: 4)
            );
        }

        report.Write("Calculated from the budget's rules, independent of the machine.");
    }

    // Teams are distributed among the accounts, and the largest share ends last.
    static string Time(int teams, int issues, int accounts, bool isNew = false)
    {
        var rules = new BudgetOptions().Rules(TimeSpan.FromSeconds(30));
        var account = new AccountBudget(isNew ? rules : rules with { StartPerMinute = 0 });
        var part = (teams + accounts - 1) / accounts;
        var time = Forecast.Of(account, DateTimeOffset.UnixEpoch, Took, part, part * issues)[^1] - DateTimeOffset.UnixEpoch;
        return time < TimeSpan.FromHours(2) ? $"{Report.Number(time.TotalMinutes, "0")} min" : $"{Report.Number(time.TotalHours, "0.0")} h";
    }
}
