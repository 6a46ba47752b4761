using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.Extensions.Options;
using Monarch.Contracts.Migrations;
using Monarch.Redis.Connection;
using StackExchange.Redis;
using Scripts = Monarch.Workers.GitHub.Copying.Ledger.RedisLedgerScripts;

namespace Monarch.Workers.GitHub.Copying.Ledger;

/// <summary>
/// A hash per source and target with a field per issue: <c>c12</c> created as number 12, <c>i{began}:{expires}:{owner}</c> an intent,
/// <c>d{began}:{ended}</c> doubtful; the field <c>epoch</c> is the epoch in which the target was read. A hash per pass contains its
/// rejections as JSON, another one its notes. One more hash per source and target contains what each copy was finished with.
/// A hash per copy with comments has the same fields as the first one for its comments. One hash contains the epoch: <c>run</c> Redis' run id, <c>id</c> the epoch's id, <c>opens</c> when targets may be
/// read, <c>began</c> when it began.
/// </summary>
sealed class RedisLedger(RedisConnection redis, IOptions<LedgerOptions> options) : ILedger
{
    const int ChunkSize = 1000;
    const string EpochField = "epoch";
    const string Granted = "granted";
    static readonly RedisKey EpochKey = "monarch:epoch";

    public async Task<LedgerEpoch> OpenAsync(TimeSpan lifetime, CancellationToken cancellationToken)
    {
        var answer = (RedisValue[])(await redis.EvaluateAsync(Scripts.Open, [EpochKey], NewEpoch(lifetime), cancellationToken))!;
        return new((string)answer[0]!, TimeSpan.FromMilliseconds((long)answer[1])) { IsFirst = answer[2] == 1 };
    }

    public async Task<bool> SetReadAsync(
        LedgerKey key,
        string epochId,
        IReadOnlyDictionary<int, int> targetNumbers,
        CancellationToken cancellationToken
    )
    {
        // The copies exist in a new epoch as well; only the mark as read depends on the epoch.
        await SetCreatedAsync(key, targetNumbers, cancellationToken);
        return (bool)
            await redis.EvaluateAsync(Scripts.SetRead, [EpochKey, Key(key)], [epochId, Scripts.RetentionMilliseconds], cancellationToken);
    }

    public async Task<LedgerAnswer> BeginAsync(
        LedgerAttempt attempt,
        TimeSpan lifetime,
        string? searched,
        CancellationToken cancellationToken
    )
    {
        RedisValue[] values =
        [
            .. NewEpoch(lifetime),
            Scripts.RetentionMilliseconds,
            attempt.Number,
            attempt.Owner,
            Milliseconds(lifetime),
            Milliseconds(options.Value.Settle),
            searched ?? "",
        ];
        var (result, missing) = await redis.EvaluateReplicatedAsync(
            Scripts.Begin,
            [EpochKey, Key(attempt.Key)],
            values,
            x => (string?)x[0] == Granted,
            cancellationToken
        );
        if (missing > 0)
        {
            await SetUntriedAsync(attempt, cancellationToken);
            return new LedgerAnswer.Unreplicated(missing);
        }

        var answer = (RedisValue[])result!;
        return (string)answer[0]! switch
        {
            Granted => new LedgerAnswer.Granted(),
            "created" => new LedgerAnswer.Created((int)answer[1]),
            "unread" => new LedgerAnswer.Unread(),
            "busy" => new LedgerAnswer.Busy(TimeSpan.FromMilliseconds((long)answer[1])),
            _ => new LedgerAnswer.Doubtful(
                DateTimeOffset.FromUnixTimeMilliseconds((long)answer[1]),
                TimeSpan.FromMilliseconds((long)answer[2]),
                (string)answer[3]!
            ),
        };
    }

    public async Task SetCreatedAsync(LedgerKey key, IReadOnlyDictionary<int, int> targetNumbers, CancellationToken cancellationToken)
    {
        foreach (var chunk in targetNumbers.Chunk(ChunkSize))
        {
            await redis.EvaluateAsync(
                Scripts.SetCreated,
                [Key(key), RejectedKey(key)],
                [Scripts.RetentionMilliseconds, .. Entries(chunk)],
                cancellationToken
            );
        }
    }

    public Task SetDoubtfulAsync(LedgerAttempt attempt, CancellationToken cancellationToken) =>
        EndIntentAsync(attempt, "d", cancellationToken);

    public Task SetUntriedAsync(LedgerAttempt attempt, CancellationToken cancellationToken) =>
        EndIntentAsync(attempt, "", cancellationToken);

    public Task SetRejectedAsync(LedgerKey key, RejectedIssue issue, CancellationToken cancellationToken) =>
        redis.EvaluateAsync(
            Scripts.SetRejected,
            [Key(key), RejectedKey(key)],
            [Scripts.RetentionMilliseconds, issue.Number, JsonSerializer.Serialize(issue, LedgerJson.Default.RejectedIssue)],
            cancellationToken
        );

    public async Task<IReadOnlyDictionary<int, int>> GetCreatedAsync(
        LedgerKey key,
        IReadOnlyList<int> numbers,
        CancellationToken cancellationToken
    )
    {
        RedisValue[] fields = [.. numbers.Select(number => (RedisValue)number)];
        var entries = await redis.RunAsync(db => db.HashGetAsync(Key(key), fields), cancellationToken);
        return Created(numbers.Zip(entries));
    }

    public async Task<IReadOnlyDictionary<int, int>> GetCreatedAsync(LedgerKey key, CancellationToken cancellationToken)
    {
        var entries = await redis.RunAsync(db => db.HashGetAllAsync(Key(key)), cancellationToken);
        return Created(entries.Where(entry => entry.Name != EpochField).Select(entry => ((int)entry.Name, entry.Value)));
    }

    public async Task ForgetCreatedAsync(LedgerKey key, IReadOnlyDictionary<int, int> targetNumbers, CancellationToken cancellationToken)
    {
        foreach (var chunk in targetNumbers.Chunk(ChunkSize))
        {
            await redis.EvaluateAsync(Scripts.ForgetCreated, [Key(key)], [.. Entries(chunk)], cancellationToken);
        }
    }

    public async Task<IReadOnlyList<RejectedIssue>> GetRejectedAsync(LedgerKey key, CancellationToken cancellationToken)
    {
        var issues = await redis.RunAsync(db => db.HashValuesAsync(RejectedKey(key)), cancellationToken);
        return
        [
            .. issues
                .Select(issue => JsonSerializer.Deserialize((string)issue!, LedgerJson.Default.RejectedIssue)!)
                .OrderBy(issue => issue.Number),
        ];
    }

    public async Task<bool> IsReadAsync(LedgerKey key, CancellationToken cancellationToken) =>
        (bool)await redis.EvaluateAsync(Scripts.IsRead, [EpochKey, Key(key)], [], cancellationToken);

    public async Task AddNotesAsync(LedgerKey key, IReadOnlyList<IssueNote> notes, CancellationToken cancellationToken)
    {
        if (notes.Count == 0)
        {
            return;
        }

        await redis.EvaluateAsync(
            Scripts.SetFields,
            [NotesKey(key)],
            [
                Scripts.RetentionMilliseconds,
                .. notes.SelectMany(note =>
                    new RedisValue[]
                    {
                        string.Create(CultureInfo.InvariantCulture, $"{note.Number}:{note.Field}"),
                        JsonSerializer.Serialize(note, LedgerJson.Default.IssueNote),
                    }
                ),
            ],
            cancellationToken
        );
    }

    public async Task SetCommentsAsync(LedgerKey key, IReadOnlyCollection<long> comments, CancellationToken cancellationToken)
    {
        foreach (var chunk in comments.Chunk(ChunkSize))
        {
            await redis.EvaluateAsync(
                Scripts.SetFields,
                [Key(key)],
                [Scripts.RetentionMilliseconds, .. chunk.SelectMany(comment => new RedisValue[] { comment, "c0" })],
                cancellationToken
            );
        }
    }

    public async Task<IReadOnlySet<long>> GetCommentsAsync(LedgerKey key, CancellationToken cancellationToken)
    {
        var entries = await redis.RunAsync(db => db.HashGetAllAsync(Key(key)), cancellationToken);
        return entries
            .Where(entry => entry.Name != EpochField && (string?)entry.Value is ['c', ..])
            .Select(entry => (long)entry.Name)
            .ToHashSet();
    }

    public async Task<IReadOnlyList<IssueNote>> GetNotesAsync(LedgerKey key, CancellationToken cancellationToken)
    {
        var notes = await redis.RunAsync(db => db.HashValuesAsync(NotesKey(key)), cancellationToken);
        return
        [
            .. notes
                .Select(note => JsonSerializer.Deserialize((string)note!, LedgerJson.Default.IssueNote)!)
                .OrderBy(note => note.Number)
                .ThenBy(note => note.Field, StringComparer.Ordinal),
        ];
    }

    public async Task<IReadOnlyDictionary<int, string>> GetFinishedAsync(
        LedgerKey key,
        IReadOnlyList<int> numbers,
        CancellationToken cancellationToken
    )
    {
        RedisValue[] fields = [.. numbers.Select(number => (RedisValue)number)];
        var contents = await redis.RunAsync(db => db.HashGetAsync(FinishedKey(key), fields), cancellationToken);
        return numbers
            .Zip(contents)
            .Where(x => !x.Second.IsNull)
            .DistinctBy(x => x.First)
            .ToDictionary(x => x.First, x => (string)x.Second!);
    }

    public Task SetFinishedAsync(LedgerKey key, int number, string content, CancellationToken cancellationToken) =>
        redis.EvaluateAsync(Scripts.SetFields, [FinishedKey(key)], [Scripts.RetentionMilliseconds, number, content], cancellationToken);

    async Task EndIntentAsync(LedgerAttempt attempt, string kind, CancellationToken cancellationToken) =>
        await redis.EvaluateAsync(Scripts.EndIntent, [Key(attempt.Key)], [attempt.Number, attempt.Owner, kind], cancellationToken);

    RedisValue[] NewEpoch(TimeSpan lifetime) => [Guid.NewGuid().ToString("N"), Milliseconds(lifetime + options.Value.Settle)];

    static IEnumerable<RedisValue> Entries(IEnumerable<KeyValuePair<int, int>> targetNumbers) =>
        targetNumbers.SelectMany(copy => new RedisValue[] { copy.Key, "c" + copy.Value.ToString(CultureInfo.InvariantCulture) });

    static Dictionary<int, int> Created(IEnumerable<(int Number, RedisValue Entry)> entries)
    {
        var created = new Dictionary<int, int>();
        foreach (var (number, entry) in entries)
        {
            if ((string?)entry is ['c', .. var targetNumber])
            {
                created[number] = int.Parse(targetNumber, CultureInfo.InvariantCulture);
            }
        }

        return created;
    }

    static RedisKey Key(LedgerKey key) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"monarch:ledger:{key.SourceRepositoryId}:{key.TargetRepositoryId}{(key.Copy is { } copy ? $":comments:{copy}" : "")}"
        );

    static RedisKey RejectedKey(LedgerKey key) => Key(key).Append(key.Pass is { } pass ? $":rejected:{pass:N}" : ":rejected");

    static RedisKey NotesKey(LedgerKey key) => Key(key).Append(key.Pass is { } pass ? $":notes:{pass:N}" : ":notes");

    static RedisKey FinishedKey(LedgerKey key) => Key(key).Append(":finished");

    static long Milliseconds(TimeSpan span) => (long)span.TotalMilliseconds;
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull
)]
[JsonSerializable(typeof(RejectedIssue))]
[JsonSerializable(typeof(IssueNote))]
sealed partial class LedgerJson : JsonSerializerContext;
