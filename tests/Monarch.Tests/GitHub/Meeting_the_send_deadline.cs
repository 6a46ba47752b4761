using System.Net;
using System.Net.Http.Headers;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Monarch.Workers.GitHub.Accounts;
using Monarch.Workers.GitHub.Api;
using Monarch.Workers.GitHub.RateBudget;
using Monarch.Workers.GitHub.Transport;
using Shouldly;
using Xunit;

namespace Monarch.Tests.GitHub;

/// <summary>A look-up and a token request may precede the request that creates an issue.</summary>
public sealed class Meeting_the_send_deadline : IDisposable
{
    static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    readonly FakeTimeProvider _time = FakeTime.New();
    readonly SlowCredential _credential;
    readonly GitHubInMemory _gitHub = new();
    readonly RequestBudget _budget;
    readonly GitHubClient _client;

    public Meeting_the_send_deadline()
    {
        _credential = new(_time);
        _budget = new(new InMemoryBudget(new() { CreatesPerHour = 10 }, _time), _time, NullLogger<RequestBudget>.Instance);
        var parking = new CredentialParking(new InMemoryCredentialStore(_time), _time, NullLogger<CredentialParking>.Instance);
        var http = new HttpClient(new CredentialHandler(parking, _time) { InnerHandler = _gitHub }) { BaseAddress = new("http://github/") };
        _client = new(http, new("account", null, _credential), _budget, _time);
    }

    public void Dispose() => _gitHub.Dispose();

    [Fact]
    public async Task Should_send_before_the_deadline()
    {
        _credential.Takes = Limit;
        (await CreateAsync()).Number.ShouldBe(7);
    }

    [Fact]
    public async Task Should_not_send_when_the_token_renewal_exceeds_the_deadline()
    {
        _credential.Takes = Limit + TimeSpan.FromMilliseconds(1);
        var refusal = await Should.ThrowAsync<GitHubException>(CreateAsync);
        (refusal.IsUnsent, refusal.MayHaveHappened, _gitHub.Requests).ShouldBe((true, false, 0));
        (await _budget.LookAsync("account", TestContext.Current.CancellationToken)).UsedThisHour.ShouldBe(0, "the grant is returned");
    }

    [Fact]
    public async Task Should_not_retry_a_401_when_the_token_renewal_exceeds_the_deadline()
    {
        _gitHub.Refuses = true;
        _credential.RenewalTakes = TimeSpan.FromMinutes(1);
        var refusal = await Should.ThrowAsync<GitHubException>(CreateAsync);
        (refusal.IsUnsent, refusal.MayHaveHappened, _gitHub.Requests).ShouldBe((true, false, 1));
    }

    async Task<Issue> CreateAsync()
    {
        var admission = await _budget.EnterAsync("account", BudgetKind.Create, "one", TestContext.Current.CancellationToken);
        var sendBy = admission.AskedAt + (long)(Limit.TotalSeconds * _time.TimestampFrequency);
        return await _client.CreateIssueAsync(1, new("A ticket", "Text"), admission, sendBy, TestContext.Current.CancellationToken);
    }

    sealed class SlowCredential(FakeTimeProvider time) : Credential("slow", "a token that is renewed slowly", "Wait.")
    {
        public TimeSpan Takes { get; set; }

        public TimeSpan RenewalTakes { get; set; }

        public override ValueTask<AuthenticationHeaderValue?> GetHeaderAsync(CancellationToken cancellationToken)
        {
            time.Advance(Takes);
            return new(new AuthenticationHeaderValue("Bearer", "x"));
        }

        public override ValueTask<bool> TryRenewAsync(HttpResponseMessage refused, CancellationToken cancellationToken)
        {
            time.Advance(RenewalTakes);
            return new(true);
        }
    }

    sealed class GitHubInMemory : HttpMessageHandler
    {
        public bool Refuses { get; set; }

        public int Requests { get; private set; }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Requests++;
            var body = new Issue
            {
                State = "open",
                Number = 7,
                Title = "A",
                CreatedAt = default,
                HtmlUrl = "https://github.com/any",
            };
            return Task.FromResult(
                new HttpResponseMessage(Refuses ? HttpStatusCode.Unauthorized : HttpStatusCode.Created)
                {
                    RequestMessage = request,
                    Content = new StringContent(System.Text.Json.JsonSerializer.Serialize(body, GitHubJson.Default.Issue)),
                }
            );
        }
    }
}
