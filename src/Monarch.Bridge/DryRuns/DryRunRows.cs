using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Monarch.Contracts.DryRuns;

namespace Monarch.Bridge.DryRuns;

/// <summary>
/// A dry run as rows by name, each with the version of the event that wrote it. A row is overwritten by a version that is not older. A plan is
/// a row of its own, because only one event brings it.
/// </summary>
static class DryRunRows
{
    const string Run = "run";
    const string Target = "target:";
    const string Plan = "plan:";

    public static IEnumerable<(string Name, int Version, string Json)> Of(DryRunProgressed progress)
    {
        yield return (Run, progress.Version, JsonSerializer.Serialize(progress with { Targets = [] }, DryRunJson.Default.DryRunProgressed));
        foreach (var target in progress.Targets)
        {
            var json = JsonSerializer.Serialize(target with { Plan = null }, DryRunJson.Default.DryRunTarget);
            yield return (Name(Target, target.Index), progress.Version, json);
            if (target.Plan is { } plan)
            {
                yield return (Name(Plan, target.Index), progress.Version, JsonSerializer.Serialize(plan, DryRunJson.Default.TargetPlan));
            }
        }
    }

    /// <returns>Null when the dry run's own row is missing.</returns>
    public static DryRunView? View(IReadOnlyDictionary<string, string> rows)
    {
        if (!rows.TryGetValue(Run, out var json))
        {
            return null;
        }

        var run = JsonSerializer.Deserialize(json, DryRunJson.Default.DryRunProgressed)!;
        var repositories = rows.Where(row => row.Key.StartsWith(Target, StringComparison.Ordinal))
            .Select(row => JsonSerializer.Deserialize(row.Value, DryRunJson.Default.DryRunTarget)!)
            .OrderBy(target => target.Index)
            .Select(target => View(target, rows.GetValueOrDefault(Name(Plan, target.Index))))
            .ToList();
        var plans = repositories.Select(repository => repository.Plan).OfType<TargetPlan>().ToList();
        return new()
        {
            Id = run.DryRunId,
            Status = run.Status,
            Source = run.Source,
            RequestedAt = run.RequestedAt,
            EndedAt = run.EndedAt,
            Recreate = run.Recreate,
            Copy = run.Copy,
            IssueCount = run.IssueCount,
            RepositoryCount = run.TargetCount,
            RepositoriesChecked = repositories.Count(repository => repository.Status != DryRunTargetStatus.Checking),
            WaitingUntil = run.WaitingUntil,
            Failure = run.Failure,
            Create = plans.Sum(plan => plan.Create),
            Comments = plans.Sum(plan => plan.Comments),
            Change = plans.Sum(plan => plan.Change),
            AlreadyThere = plans.Sum(plan => plan.AlreadyThere),
            Reads = plans.Sum(plan => plan.Reads),
            Writes = plans.Sum(plan => plan.Writes),
            Example = plans.Find(plan => plan.Example is not null)?.Example,
            Repositories = repositories,
        };
    }

    static DryRunRepositoryView View(DryRunTarget target, string? plan) =>
        new()
        {
            Requested = target.Requested,
            Status = target.Status,
            WaitingUntil = target.WaitingUntil,
            Failure = target.Failure,
            Plan =
                plan is not null && target.Status == DryRunTargetStatus.Checked
                    ? JsonSerializer.Deserialize(plan, DryRunJson.Default.TargetPlan)
                    : null,
        };

    static string Name(string kind, int index) => string.Create(CultureInfo.InvariantCulture, $"{kind}{index}");
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull
)]
[JsonSerializable(typeof(DryRunProgressed))]
sealed partial class DryRunJson : JsonSerializerContext;
