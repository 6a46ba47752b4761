using System.CommandLine;

namespace Monarch.Benchmarks;

/// <summary>Options that are numbers.</summary>
static class NumberOption
{
    public static Option<int> Create(string name, string description, int standard, int least = 1)
    {
        var option = new Option<int>(name) { Description = description, DefaultValueFactory = _ => standard };
        option.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var text }] && int.TryParse(text, out var number) && number < least)
            {
                result.AddError($"{name} is {number}: give at least {least}.");
            }
        });
        return option;
    }

    public static Option<int> Workers() => Create("--workers", "Worker processes on RabbitMQ and Redis", 1);
}
