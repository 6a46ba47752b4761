using MassTransit;
using Monarch.Contracts;

namespace Monarch.Workers.Migrations.Backoff;

/// <summary>Turns an unexpected fault into a failure.</summary>
static class Bug
{
    public static Failure From(Fault fault)
    {
        var cause = fault.Exceptions is [var first, ..] ? $"{first.ExceptionType}: {first.Message}" : "no exception was recorded";
        return new()
        {
            Kind = FailureKind.Bug,
            Message = $"Unexpected error: {cause}",
            Remedy = "This is a bug. The message is in the endpoint's _error queue, with the stack trace; please report it.",
        };
    }
}
