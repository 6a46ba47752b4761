using MassTransit;
using Monarch.Contracts;

namespace Monarch.Workers.Migrations.Backoff;

/// <summary>Puts a fault that nobody foresaw into the words of the taxonomy.</summary>
static class Bug
{
    public static Failure From(Fault fault)
    {
        var cause = fault.Exceptions is [var first, ..] ? $"{first.ExceptionType}: {first.Message}" : "no exception was recorded";
        return new()
        {
            Kind = FailureKind.Bug,
            Message = $"An unforeseen error: {cause}",
            Remedy = "This is a bug. The message is kept in the endpoint's _error queue, with the whole stack trace; please report it.",
        };
    }
}
