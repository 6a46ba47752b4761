using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Monarch.Contracts;
using Monarch.Hosting;
using Monarch.Redis.Sagas;
using Monarch.Testing;
using Monarch.Tests.Redis;
using OpenTelemetry;
using Shouldly;
using Xunit;

namespace Monarch.Tests.Hosting;

public sealed class Tracing_the_bus : IDisposable
{
    readonly ConcurrentQueue<Activity> _ended = [];
    readonly ActivityListener _listener;
    readonly ActivityTraceId _trace = ActivityTraceId.CreateRandom();
    readonly ActivitySpanId _span = ActivitySpanId.CreateRandom();

    public Tracing_the_bus()
    {
        _listener = new()
        {
            ShouldListenTo = source => source.Name == "Monarch.Bus",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = _ended.Enqueue,
        };
        ActivitySource.AddActivityListener(_listener);
    }

    static CancellationToken Token => TestContext.Current.CancellationToken;

    string Parent => $"00-{_trace}-{_span}-01";

    public void Dispose() => _listener.Dispose();

    [Fact]
    public async Task Should_wake_a_saga_in_the_trace_of_the_message_that_began_it()
    {
        await using var host = await StartAsync();
        var id = Guid.NewGuid();

        await PublishAsync(host, Parent, new TakeNap(id, TimeProvider.System.GetUtcNow().AddMilliseconds(200)));

        var woken = await SpanAsync("process nap-state EndNap", _trace);
        var began = await SpanAsync("process nap-state TakeNap", _trace);
        began.ParentSpanId.ShouldBe(_span);
        woken.ParentSpanId.ShouldBe(began.SpanId);
        woken.GetTagItem("monarch.nap").ShouldBe($"{id}");
        (await SagaAsync(host, id)).TraceParent.ShouldBe(began.Id);
    }

    [Fact]
    public async Task Should_link_a_message_of_another_trace_and_continue_the_trace_of_the_saga()
    {
        await using var host = await StartAsync();
        var id = Guid.NewGuid();
        await PublishAsync(host, Parent, new TakeNap(id, null));
        var began = await SpanAsync("process nap-state TakeNap", _trace);
        var other = ActivityTraceId.CreateRandom();

        await PublishAsync(host, $"00-{other}-{_span}-01", new TakeNap(id, TimeProvider.System.GetUtcNow()));

        (await SpanAsync("process nap-state EndNap", _trace)).ParentSpanId.ShouldBe(began.SpanId);
        (await SpanAsync("process nap-state TakeNap", other)).Links.ShouldHaveSingleItem().Context.SpanId.ShouldBe(began.SpanId);
        (await SagaAsync(host, id)).TraceParent.ShouldBe(began.Id);
    }

    [Fact]
    public async Task Should_make_a_response_a_sibling_of_its_command()
    {
        await using var host = await StartAsync();

        await PublishAsync(host, Parent, new Ask("a"));

        (await SpanAsync("process asked", _trace)).ParentSpanId.ShouldBe(_span);
        (await SpanAsync("process answered", _trace)).ParentSpanId.ShouldBe(_span);
    }

    [Theory]
    [InlineData("00-zz")]
    [InlineData("00-00000000000000000000000000000000-0000000000000000-01")]
    [InlineData(null)]
    public async Task Should_start_a_trace_for_a_message_without_a_valid_one(string? header)
    {
        await using var host = await StartAsync();
        var text = $"{Guid.NewGuid()}";

        await host
            .Services.GetRequiredService<IBus>()
            .Publish(new Ask(text), Pipe.Execute<PublishContext>(context => context.Headers.Set("traceparent", header)), Token);

        await Until.TrueAsync(() => AskedConsumer.Traces.ContainsKey(text), "the message is handled");
        AskedConsumer.Traces[text].ShouldNotBe(default);
    }

    [Fact]
    public async Task Should_not_start_a_trace_for_a_report_of_credentials()
    {
        await using var host = await StartAsync();
        var text = $"{Guid.NewGuid()}";

        await host.Services.GetRequiredService<IBus>().Publish(new Report(text), Token);

        await Until.TrueAsync(() => ReportConsumer.IsQuiet.ContainsKey(text), "the message is handled");
        ReportConsumer.IsQuiet[text].ShouldBeTrue();
    }

    [Fact]
    public async Task Should_load_a_saga_of_an_older_version()
    {
        var saga = SagaJson.Read<NapState>(
            Encoding.UTF8.GetBytes($$"""{"correlationId": "{{Guid.NewGuid()}}", "version": 3, "naps": 2}""")
        );

        (saga!.Naps, saga.TraceParent).ShouldBe((2, null));
        Encoding.UTF8.GetString(SagaJson.Write(saga)).ShouldNotContain("trace");
        await Task.CompletedTask;
    }

    static Task<TestHost> StartAsync()
    {
        var builder = TestHost.Builder(HostRole.Serve);
        builder.Services.AddWakeUps(wake => wake.Send("nap", new("exchange:nap-state"), x => new EndNap(x.SagaId, x.DueAt)));
        return TestHost.StartAsync(
            builder,
            bus =>
            {
                bus.AddSagaStateMachine<NapStateMachine, NapState>().InMemoryRepositoryWithWakeUps("nap");
                bus.AddConsumer<AskedConsumer>();
                bus.AddConsumer<AnsweredConsumer>();
                bus.AddConsumer<ReportConsumer>().Endpoint(endpoint => endpoint.Name = EndpointNames.CredentialProjection);
            }
        );
    }

    static async Task PublishAsync<T>(TestHost host, string parent, T message)
        where T : class
    {
        using var trace = MessageTrace.Begin(parent);
        await host.Services.GetRequiredService<IBus>().Publish(message, Token);
    }

    Task<Activity> SpanAsync(string name, ActivityTraceId trace) =>
        Until.ValueAsync(
            () => Task.FromResult(_ended.FirstOrDefault(x => x.DisplayName == name && x.TraceId == trace)),
            $"{name} is traced",
            state: () => string.Join('\n', _ended.Select(x => $"{x.DisplayName} {x.TraceId}"))
        );

    static async Task<NapState> SagaAsync(TestHost host, Guid id) =>
        (await host.Services.GetRequiredService<ILoadSagaRepository<NapState>>().Load(id))!;

    public sealed record Ask(string Text);

    public sealed record Answer(string Text);

    public sealed record Report(string Text);

    sealed class AskedConsumer : IConsumer<Ask>
    {
        public static ConcurrentDictionary<string, ActivityTraceId> Traces { get; } = [];

        public Task Consume(ConsumeContext<Ask> context)
        {
            Traces[context.Message.Text] = Activity.Current!.TraceId;
            return context.Publish(new Answer(context.Message.Text));
        }
    }

    sealed class ReportConsumer : IConsumer<Report>
    {
        public static ConcurrentDictionary<string, bool> IsQuiet { get; } = [];

        public Task Consume(ConsumeContext<Report> context)
        {
            IsQuiet[context.Message.Text] = Sdk.SuppressInstrumentation;
            return Task.CompletedTask;
        }
    }

    sealed class AnsweredConsumer : IConsumer<Answer>
    {
        public Task Consume(ConsumeContext<Answer> context) => Task.CompletedTask;
    }
}
