using Monarch.Contracts;
using Monarch.Workers.GitHub.Endpoints;
using Monarch.Workers.GitHub.Transport;
using Serilog.Events;
using Serilog.Parsing;
using Shouldly;
using Xunit;

namespace Monarch.Tests.GitHub.Endpoints;

public sealed class Logging_an_answered_failure
{
    [Theory]
    [InlineData("MassTransit.ReceiveTransport", FailureKind.RefusedTarget, false)]
    [InlineData("MassTransit.ReceiveTransport", FailureKind.Transient, false)]
    [InlineData("MassTransit.ReceiveTransport", FailureKind.Bug, false)]
    [InlineData("Monarch.Workers.GitHub.Endpoints.AnswerFailuresFilter", FailureKind.RefusedTarget, true)]
    public void Should_drop_the_stack_trace_of_MassTransit(string source, FailureKind kind, bool isLogged) =>
        IsLogged(source, new GitHubException(new() { Kind = kind, Message = "Not Found" }, mayHaveHappened: false)).ShouldBe(isLogged);

    [Fact]
    public void Should_log_every_other_exception() =>
        IsLogged("MassTransit.ReceiveTransport", new InvalidOperationException()).ShouldBeTrue();

    static bool IsLogged(string source, Exception exception) =>
        new AnsweredFaults().IsEnabled(
            new(
                DateTimeOffset.UnixEpoch,
                LogEventLevel.Error,
                exception,
                new MessageTemplateParser().Parse("R-FAULT"),
                [new("SourceContext", new ScalarValue(source))]
            )
        );
}
