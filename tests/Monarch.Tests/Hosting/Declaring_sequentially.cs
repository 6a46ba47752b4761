using System.Reflection;
using MassTransit;
using MassTransit.RabbitMqTransport;
using Monarch.Hosting.Bus.Client;
using RabbitMQ.Client;
using Shouldly;
using Xunit;

namespace Monarch.Tests.Hosting;

public sealed class Declaring_sequentially
{
    readonly ScriptedChannel _client;
    readonly ChannelContext _channel;
    readonly SequentialDeclarationFilter _filter = new();

    public Declaring_sequentially()
    {
        _channel = DispatchProxy.Create<ChannelContext, ScriptedChannel>();
        _client = (ScriptedChannel)_channel;
    }

    [Fact]
    public Task Should_wait_for_each_reply() =>
        _filter.Send(
            _channel,
            Pipe.ExecuteAsync<ChannelContext>(async channel =>
            {
                Task[] all =
                [
                    Declare(channel, "one"),
                    channel.ExchangeBind("two", "one", "", NoArguments, Token),
                    channel.QueueDeclare("three", true, false, false, NoArguments, Token),
                    channel.QueueBind("four", "one", "", NoArguments, Token),
                ];
                _client.Asked.ShouldBe(["ExchangeDeclare one"]);

                _client.Answer.SetResult(new("three", 0, 0));
                await Task.WhenAll(all);
                _client.Asked.ShouldBe(["ExchangeDeclare one", "ExchangeBind two", "QueueDeclare three", "QueueBind four"]);
            })
        );

    [Fact]
    public Task Should_fail_waiting_declarations_with_the_one_they_wait_for() =>
        _filter.Send(
            _channel,
            Pipe.ExecuteAsync<ChannelContext>(async channel =>
            {
                Task[] all = [Declare(channel, "one"), Declare(channel, "two"), Declare(channel, "three")];
                _client.Answer.SetException(new TimeoutException("No answer."));
                foreach (var declared in all)
                {
                    (await Should.ThrowAsync<TimeoutException>(declared)).Message.ShouldBe("No answer.");
                }

                _client.Asked.ShouldBe(["ExchangeDeclare one"]);

                _client.Answer = new();
                _client.Answer.SetResult(new("", 0, 0));
                await Declare(channel, "four");
                _client.Asked.ShouldBe(["ExchangeDeclare one", "ExchangeDeclare four"]);
            })
        );

    static Dictionary<string, object> NoArguments => [];

    static CancellationToken Token => TestContext.Current.CancellationToken;

    static Task Declare(ChannelContext channel, string name) => channel.ExchangeDeclare(name, "fanout", true, false, NoArguments, Token);

    /// <summary>Records each declaration. Completes it when the test completes <see cref="Answer"/>.</summary>
    public class ScriptedChannel : DispatchProxy
    {
        public List<string> Asked { get; } = [];

        public TaskCompletionSource<QueueDeclareOk> Answer { get; set; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
        {
            if (targetMethod!.ReturnType == typeof(CancellationToken))
            {
                return CancellationToken.None;
            }

            Asked.Add($"{targetMethod.Name} {args![0]}");
            return Answer.Task;
        }
    }
}
