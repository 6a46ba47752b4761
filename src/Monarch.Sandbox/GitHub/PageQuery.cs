using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Monarch.Sandbox.GitHub;

/// <summary>The requested page of a listing, with GitHub's defaults and bounds.</summary>
readonly record struct PageQuery(int Page, int Length)
{
    const int DefaultLength = 30;
    const int MaxLength = 100;

    public int Skip => (int)Math.Min((long)(Page - 1) * Length, int.MaxValue);

    public static PageQuery Read(IQueryCollection query) =>
        new(Number(query, "page", 1), Math.Min(Number(query, "per_page", DefaultLength), MaxLength));

    public IEnumerable<T> Of<T>(IEnumerable<T> all) => all.Skip(Skip).Take(Length);

    static int Number(IQueryCollection query, string name, int fallback) =>
        int.TryParse(query[name].FirstOrDefault(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0
            ? number
            : fallback;
}
