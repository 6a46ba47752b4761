using System.Net;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Options;
using Monarch.Workers.Archive.Forwarding;
using Monarch.Workers.Archive.Settings;
using Shouldly;
using Xunit;

namespace Monarch.Tests.Archive.Forwarding;

/// <summary>A receiver that sends Retry-After.</summary>
public sealed class Waiting_for_the_receiver : IDisposable
{
    readonly CorrectedClock _time = new();
    readonly FakeLogger<ForwardState> _log = new();
    readonly Receiver _receiver = new();
    readonly ForwardState _state;
    readonly HttpClient _http;
    readonly EventPoster _poster;

    public Waiting_for_the_receiver()
    {
        _state = new(_time, _log);
        _http = new(_receiver);
        _poster = new(_http, Options.Create(new ArchiveOptions { ForwardUrl = "http://receiver/events" }), _time);
    }

    public void Dispose()
    {
        _http.Dispose();
        _receiver.Dispose();
    }

    [Fact]
    public async Task Should_wait_as_long_as_it_requests()
    {
        await PostAsync("30");
        _state.Pause.ShouldBe(TimeSpan.FromSeconds(30));

        _time.Advance(TimeSpan.FromSeconds(10));
        _state.Pause.ShouldBe(TimeSpan.FromSeconds(20));
        await PostAsync("5");
        _state.Pause.ShouldBe(TimeSpan.FromSeconds(20));
        _time.Advance(TimeSpan.FromSeconds(21));
        _state.Pause.ShouldBe(TimeSpan.Zero);
    }

    [Fact]
    public async Task Should_retry_after_an_hour_at_the_latest()
    {
        await PostAsync("2592000");

        _state.Pause.ShouldBe(TimeSpan.FromHours(1));
        _log.LatestRecord.Message.ShouldContain("HTTP 503, Retry-After 3600 s");
    }

    [Theory, InlineData(-86_400), InlineData(86_400)]
    public async Task Should_wait_as_long_when_the_clock_is_set(int seconds)
    {
        await PostAsync("30");

        _time.Correct(TimeSpan.FromSeconds(seconds));

        _state.Pause.ShouldBe(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task Should_continue_immediately_when_an_event_is_accepted()
    {
        await PostAsync("600");

        await PostAsync(null);

        _state.Pause.ShouldBe(TimeSpan.Zero);
    }

    async Task PostAsync(string? retryAfter)
    {
        _receiver.RetryAfter = retryAfter;
        _state.Record(await _poster.PostAsync(Replica.Message("1", "{}"), TestContext.Current.CancellationToken));
    }

    sealed class Receiver : HttpMessageHandler
    {
        public string? RetryAfter { get; set; }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var response = new HttpResponseMessage(RetryAfter is null ? HttpStatusCode.NoContent : HttpStatusCode.ServiceUnavailable);
            if (RetryAfter is not null)
            {
                response.Headers.Add("Retry-After", RetryAfter);
            }

            return Task.FromResult(response);
        }
    }
}
