using System.Collections.Concurrent;
using System.Reflection;
using MassTransit;

namespace Monarch.Tests.GitHub.Accounts;

/// <summary>A healthy bus on which the first publishes and sends fail; it records the messages published after them.</summary>
public class FailingBus : DispatchProxy
{
    readonly ConcurrentQueue<Exception> _failures = [];
    readonly ConcurrentQueue<object> _published = [];

    public IReadOnlyCollection<object> Published => _published;

    /// <summary>Called before each publish.</summary>
    public Action? Publishing { get; set; }

    public static (IBusControl Bus, FailingBus State) Create(params IReadOnlyList<Exception> failures)
    {
        var bus = Create<IBusControl, FailingBus>();
        var state = (FailingBus)(object)bus;
        foreach (var failure in failures)
        {
            state._failures.Enqueue(failure);
        }

        return (bus, state);
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        switch (targetMethod!.Name)
        {
            case nameof(IBusControl.CheckHealth):
                return BusHealthResult.Healthy("", new Dictionary<string, EndpointHealthResult>());
            case nameof(IBus.GetSendEndpoint) when _failures.TryDequeue(out var failure):
                return Task.FromException<ISendEndpoint>(failure);
            case nameof(IBus.Publish) when _failures.TryDequeue(out var failure):
                Publishing?.Invoke();
                return Task.FromException(failure);
            case nameof(IBus.Publish):
                _published.Enqueue(args![0]!);
                return Task.CompletedTask;
            default:
                throw new NotSupportedException(targetMethod.Name);
        }
    }
}
