using System.Globalization;
using Microsoft.Extensions.Options;

namespace Monarch.Workers.GitHub.RateBudget;

/// <summary>Validates the rules that ranges cannot express.</summary>
sealed class BudgetOptionsValidator : IValidateOptions<BudgetOptions>
{
    public ValidateOptionsResult Validate(string? name, BudgetOptions options)
    {
        List<string> errors = [];
        if (options.PointsPerMinute is > 0 and < BudgetRules.WritePoints)
        {
            errors.Add(
                $"GITHUB_POINTS_PER_MINUTE is '{options.PointsPerMinute}', which is less than one creation costs. Set it to 5 or "
                    + "more, or to 0 for no limit."
            );
        }

        if (options.HourSeconds < options.MinuteSeconds)
        {
            var hour = options.HourSeconds.ToString(CultureInfo.InvariantCulture);
            errors.Add($"GITHUB_HOUR is '{hour}', which is shorter than GITHUB_MINUTE. Omit both, unless GitHub is simulated.");
        }

        return errors.Count > 0 ? ValidateOptionsResult.Fail(errors) : ValidateOptionsResult.Success;
    }
}
