using System.Globalization;
using Microsoft.Extensions.Options;

namespace Monarch.Workers.GitHub.Budgets;

/// <summary>What the ranges do not say.</summary>
sealed class BudgetOptionsValidator : IValidateOptions<BudgetOptions>
{
    public ValidateOptionsResult Validate(string? name, BudgetOptions options)
    {
        List<string> faults = [];
        if (options.PointsPerMinute is > 0 and < BudgetRules.CreatePoints)
            faults.Add($"GITHUB_POINTS_PER_MINUTE is '{options.PointsPerMinute}', which is not enough for one creation. Set it to 5 or more, or to 0 for no limit.");

        if (options.HourSeconds < options.MinuteSeconds)
        {
            var hour = options.HourSeconds.ToString(CultureInfo.InvariantCulture);
            faults.Add($"GITHUB_HOUR is '{hour}', which is shorter than GITHUB_MINUTE. Leave both out, unless GitHub is a simulated one.");
        }

        return faults.Count > 0 ? ValidateOptionsResult.Fail(faults) : ValidateOptionsResult.Success;
    }
}
